package command_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/ftagateway/ftagateway/cmd/fta/command"
)

// result is what a command line came to.
type result struct {
	code     int
	out, err string
}

// run runs one command line, with nothing on standard input.
func run(t testing.TB, args ...string) result {
	t.Helper()
	return runWith(t, "", args...)
}

func runWith(t testing.TB, in string, args ...string) result {
	t.Helper()
	var out, err bytes.Buffer
	code := command.Run(t.Context(), args, command.Streams{In: strings.NewReader(in), Out: &out, Err: &err})
	return result{code, out.String(), err.String()}
}

// ok runs a command line that must end well, and answers what it printed, without the last line break.
func ok(t testing.TB, args ...string) string {
	t.Helper()
	r := run(t, args...)
	if r.code != command.ExitOK {
		t.Fatalf("fta %s: exit code %d\n%s%s", strings.Join(args, " "), r.code, r.out, r.err)
	}
	return strings.TrimSpace(r.out)
}

// want holds a result to an exit code, and to words that it must print.
func (r result) want(t testing.TB, code int, words ...string) {
	t.Helper()
	if r.code != code {
		t.Errorf("exit code %d, want %d\n%s%s", r.code, code, r.out, r.err)
	}
	for _, w := range words {
		if !strings.Contains(r.out+r.err, w) {
			t.Errorf("%q was not printed:\n%s%s", w, r.out, r.err)
		}
	}
}

// decode reads what a command printed with --json.
func decode[T any](t testing.TB, text string) T {
	t.Helper()
	var v T
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		t.Fatalf("%v in\n%s", err, text)
	}
	return v
}

// save writes a file that a command reads.
func save(t testing.TB, dir, name, text string) (path string) {
	t.Helper()
	path = filepath.Join(dir, name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// service is a command that runs until it is ended.
type service struct {
	end  context.CancelFunc
	code chan int
	log  *log
}

// serve starts a command that prints one JSON value when it is ready, and reads that value.
func serve(ctx context.Context, ready any, args ...string) (*service, error) {
	ctx, end := context.WithCancel(ctx)
	s := &service{end, make(chan int, 1), &log{}}
	out, print := io.Pipe()
	go func() {
		code := command.Run(ctx, append(args, "--json"), command.Streams{In: strings.NewReader(""), Out: print, Err: s.log})
		_ = print.CloseWithError(io.ErrUnexpectedEOF) // where it ended before it was ready
		s.code <- code
	}()
	err := json.NewDecoder(out).Decode(ready)
	go func() { _, _ = io.Copy(io.Discard, out) }() // ends with the command
	return s, err
}

// started starts a service that ends with the test, and must end well.
func started(t testing.TB, ready any, args ...string) *service {
	t.Helper()
	s, err := serve(context.WithoutCancel(t.Context()), ready, args...)
	if err != nil {
		s.end()
		t.Fatalf("fta %s: %v, exit code %d\n%s", strings.Join(args, " "), err, <-s.code, s.log)
	}
	t.Cleanup(func() { s.stop(t) })
	return s
}

// stop ends a service as an interrupt does. Only the first call does anything.
func (s *service) stop(t testing.TB) {
	t.Helper()
	s.end()
	if code := <-s.code; code != command.ExitOK {
		t.Errorf("exit code %d\n%s", code, s.log)
	}
	s.code <- command.ExitOK
}

// log collects what services write. It is safe for concurrent use.
type log struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *log) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *log) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}
