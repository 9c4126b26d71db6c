package command_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/ftagateway/ftagateway/cmd/fta/command"
	"github.com/ftagateway/ftagateway/cmd/fta/demo"
)

// world is a demonstration that runs, with everything it logs.
type world struct {
	*service
	demo.Tour
}

// shared is the demonstration that all tests look at which do not need one of their own.
var shared = sync.OnceValues(func() (*world, error) {
	data, err := os.MkdirTemp("", "fta-demo")
	if err != nil {
		return nil, err
	}
	w := &world{}
	w.service, err = serve(context.Background(), &w.Tour, "demo", "--verbose", "--data", filepath.Join(data, "demo"), "--listen", "127.0.0.1:0")
	asked = true
	return w, err
})

// asked is whether there is anything to end.
var asked bool

func theWorld(t testing.TB) *world {
	t.Helper()
	w, err := shared()
	if err != nil {
		t.Fatalf("the demonstration did not start: %v\n%s", err, w.log)
	}
	return w
}

// endShared ends the demonstration and removes its folder.
func endShared() error {
	if !asked {
		return nil
	}
	w, err := shared()
	if err != nil {
		return err
	}
	w.end()
	if code := <-w.code; code != command.ExitOK {
		err = fmt.Errorf("the demonstration ended with exit code %d: %s", code, w.log)
	}
	return errors.Join(err, os.RemoveAll(filepath.Dir(w.Data)))
}

// at gives a command line that asks this gateway.
func (w *world) at(args ...string) []string { return append(args, "--gateway", w.Gateway) }

// entry is one of the demonstration's entries.
func (w *world) entry(t testing.TB, name string) demo.Entry {
	t.Helper()
	for _, e := range w.Entries {
		if e.Name == name {
			return e
		}
	}
	t.Fatalf("the demonstration has no entry %s", name)
	return demo.Entry{}
}

// key is the path of a key file of the demonstration.
func (w *world) key(name string) string { return filepath.Join(w.Data, "keys", name+".pem") }
