package command_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/ftagateway/ftagateway/cmd/fta/command"
)

// asCommand makes the test binary the fta command, for tests that kill it.
const asCommand = "FTA_TEST_AS_COMMAND"

// TestMain ends the demonstration that the tests share, and finds what is left behind.
func TestMain(m *testing.M) {
	if os.Getenv(asCommand) != "" {
		os.Exit(command.Main())
	}
	_ = os.Unsetenv("FTA_GATEWAY") // a developer's own
	code := m.Run()
	if err := errors.Join(endShared(), leaks()); err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = max(code, 1)
	}
	os.Exit(code)
}

// leaks waits a little: a node's database lets its last goroutine run for a second more. Two goroutines of the node's
// engine stay; its authors know of them. So does go-ethereum's cache of senders, which has no end.
func leaks() error {
	known := []goleak.Option{
		goleak.IgnoreAnyFunction("github.com/cometbft/cometbft/libs/autofile.(*AutoFile).closeFileRoutine"),
		goleak.IgnoreAnyFunction("github.com/cometbft/cometbft/libs/autofile.OpenAutoFile.func1"),
		goleak.IgnoreTopFunction("github.com/ethereum/go-ethereum/core.(*txSenderCacher).cache"),
	}
	err := goleak.Find(known...)
	for end := time.Now().Add(10 * time.Second); err != nil && time.Now().Before(end); {
		err = goleak.Find(known...)
	}
	return err
}

// await waits for a condition, and not longer than a bound.
func await(t testing.TB, what string, bound time.Duration, holds func() bool) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), bound)
	defer cancel()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for !holds() {
		select {
		case <-tick.C:
		case <-ctx.Done():
			t.Fatalf("%s: not within %v", what, bound)
		}
	}
}
