package command_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/sys/unix"

	"github.com/ftagateway/ftagateway/cmd/fta/command"
)

// A person at a terminal sees how far a long work is; a file that takes the same output gets a line a step.
func TestProgressOnATerminal(t *testing.T) {
	long(t, "starts a demonstration")
	var out bytes.Buffer
	screen, seen := terminal(t)
	code := command.Run(t.Context(), []string{"demo", "--once", "--listen", "127.0.0.1:0", "--data", filepath.Join(t.TempDir(), "demo")},
		command.Streams{In: strings.NewReader(""), Out: &out, Err: screen})
	shown := seen()
	if code != command.ExitOK || !strings.Contains(shown, "starting the Web Ledger nodes") || !strings.Contains(shown, "\r") {
		t.Errorf("exit code %d, and the terminal showed %q", code, shown)
	}
	if strings.Contains(out.String(), "starting the Web Ledger nodes") || !strings.Contains(out.String(), "FTA Gateway runs at") {
		t.Errorf("printed:\n%s", &out)
	}
}

// terminal is a pseudo-terminal to write to. What seen answers was written until then.
func terminal(t *testing.T) (screen *os.File, seen func() string) {
	t.Helper()
	master, err := os.OpenFile("/dev/ptmx", os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Skipf("no terminals here: %v", err)
	}
	number, err := unix.IoctlGetInt(int(master.Fd()), unix.TIOCGPTN)
	if err == nil {
		err = unix.IoctlSetPointerInt(int(master.Fd()), unix.TIOCSPTLCK, 0)
	}
	if err != nil {
		t.Fatal(err)
	}
	screen, err = os.OpenFile(fmt.Sprintf("/dev/pts/%d", number), os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	var all log
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_, _ = master.WriteTo(&all) // until the other end is closed
	}()
	return screen, func() string {
		screen.Close()
		<-ended
		master.Close()
		return all.String()
	}
}
