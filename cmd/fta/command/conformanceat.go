package command

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/conformance"
)

// reachable asks the ledger once before it is judged: that nobody answers at an address says nothing of a driver. One
// that cannot even say what it is and where it stands would fail case after case, some of them after a long wait, and is
// told once. Keys that were named are looked for too.
func reachable(ctx context.Context, h conformance.Harness) (err error) {
	l, err := h.Open(ctx)
	if err != nil {
		return exit(ExitUsage, err)
	}
	defer func() { err = errors.Join(err, l.Close()) }()
	_, err = l.Head(ctx)
	switch {
	case driver.CodeOf(err) == driver.Corrupt:
		return exit(ExitInvalid, fmt.Errorf("what the ledger says of itself is not in the protocol, so that no case can be played: %w", err))
	case driver.IsOutage(err):
		return exit(ExitUndetermined, fmt.Errorf("the ledger cannot be asked: %w", err))
	}
	return standing(ctx, l, h.Keys)
}

// standing expects something to stand under each key.
func standing(ctx context.Context, l driver.Ledger, keys []string) error {
	var absent []string
	for _, key := range keys {
		_, err := l.Get(ctx, driver.Ref{Key: key})
		switch driver.CodeOf(err) {
		case driver.NotFound:
			absent = append(absent, fmt.Sprintf("%q", key))
		case driver.Invalid:
			return usage("--at %q: the ledger takes no such key: %v", key, err)
		}
		if driver.IsOutage(err) && driver.CodeOf(err) != driver.Corrupt {
			return exit(ExitUndetermined, fmt.Errorf("--at %q: the ledger cannot be asked: %w", key, err))
		}
	}
	if len(absent) > 0 {
		return usage("--at: nothing final stands on the ledger under %s; name keys under which something does", strings.Join(absent, ", "))
	}
	return nil
}
