package fabric_test

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// silentRetry is a driver as it would be on the SDK's own gateway package, which tries again without a word where the
// channel tells that somebody else was first.
type silentRetry struct{ driver.Ledger }

func (s *silentRetry) Append(ctx context.Context, w *driver.Write) (*driver.Receipt, error) {
	again := *w
	for {
		r, err := s.Ledger.Append(ctx, &again)
		if driver.CodeOf(err) != driver.Conflict {
			return r, err
		}
		e, err := s.Ledger.Get(ctx, driver.Ref{Key: w.Key})
		if err != nil {
			return nil, err
		}
		again.Expect = e.Version
	}
}

// uncommitted is a driver that tells what an orderer took as what the channel committed.
type uncommitted struct {
	driver.Ledger
	sent sync.WaitGroup
}

func (u *uncommitted) Append(ctx context.Context, w *driver.Write) (*driver.Receipt, error) {
	u.sent.Go(func() { _, _ = u.Ledger.Append(context.WithoutCancel(ctx), w) })
	return &driver.Receipt{Tx: "sent", State: driver.Finally, Key: w.Key, Version: w.Expect + 1}, nil
}

func (u *uncommitted) Close() error {
	u.sent.Wait()
	return u.Ledger.Close()
}

// gap is a driver that follows a stream of events, and after a broken connection goes on with the newest block.
type gap struct {
	driver.Ledger
	broken bool
}

func (g *gap) Changes(ctx context.Context, after driver.Cursor, limit int, wait time.Duration) (*driver.Batch, error) {
	if g.broken {
		h, err := g.Ledger.Head(ctx)
		if err != nil {
			return nil, err
		}
		g.broken, after = false, h.Cursor
	}
	b, err := g.Ledger.Changes(ctx, after, limit, wait)
	g.broken = err != nil
	return b, err
}

// TestNetworkFaultyDrivers plays each check against a driver that has the fault, which must not pass, and against the
// driver as it is.
func TestNetworkFaultyDrivers(t *testing.T) {
	n := theNetwork(t, "FTA_FABRIC")
	for name, tc := range map[string]struct {
		bend  func(l driver.Ledger) driver.Ledger
		check func(t *testing.T, n *running, l driver.Ledger) error
	}{
		"an MVCC conflict is tried again in silence": {func(l driver.Ledger) driver.Ledger { return &silentRetry{l} }, oneIsFirst},
		"what is not committed is told as final":     {func(l driver.Ledger) driver.Ledger { return &uncommitted{Ledger: l} }, finalIsThere},
		"blocks are missed after a reconnection":     {func(l driver.Ledger) driver.Ledger { return &gap{Ledger: l} }, nothingIsMissed},
	} {
		t.Run(name, func(t *testing.T) {
			if err := onDeclarations(t, n, func(l driver.Ledger) driver.Ledger { return l }, tc.check); err != nil {
				t.Errorf("the driver itself: %v", err)
			}
			err := onDeclarations(t, n, tc.bend, tc.check)
			if err == nil {
				t.Fatal("the fault is not caught")
			}
			t.Log(err)
		})
	}
}

// onDeclarations plays a check on the partner's chaincode, which has no versions of its own: only the channel's
// validation lets one of several writers pass.
func onDeclarations(t *testing.T, n *running, bend func(driver.Ledger) driver.Ledger, check func(*testing.T, *running, driver.Ledger) error) error {
	t.Helper()
	inner, err := theDeclarations(t.Context(), n, newStore(t).Sub("x"), []byte(written))
	if err != nil {
		t.Fatal(err)
	}
	l := bend(inner)
	defer l.Close()
	return check(t, n, l)
}

// oneIsFirst has several amend the same declaration at once. One is first, and the others are told.
func oneIsFirst(t *testing.T, n *running, l driver.Ledger) error {
	key := lodged(t, l)
	var mu sync.Mutex
	codes := map[driver.Code]int{}
	var all sync.WaitGroup
	for i := range 4 {
		all.Go(func() {
			body := fmt.Appendf(nil, `{"no":%q,"phase":"AMENDED","by":%d}`, key, i)
			_, err := l.Append(t.Context(), &driver.Write{Key: key, Expect: 1, Body: body})
			mu.Lock()
			defer mu.Unlock()
			codes[driver.CodeOf(err)]++
		})
	}
	all.Wait()
	if codes[""] != 1 || codes[driver.Conflict] != 3 {
		return fmt.Errorf("of 4 writers of version 2, %v: one must win, and three be told %s", codes, driver.Conflict)
	}
	return nil
}

func lodged(t *testing.T, l driver.Ledger) (key string) {
	t.Helper()
	key = newDeclaration()
	if r, err := l.Append(t.Context(), &driver.Write{Key: key, Body: []byte(declaration(key, "LODGED"))}); err != nil || r.State != driver.Finally {
		t.Fatalf("%+v, %v", r, err)
	}
	return key
}

// finalIsThere reads what was told as final.
func finalIsThere(t *testing.T, _ *running, l driver.Ledger) error {
	key := lodged(t, l)
	if _, err := l.Get(t.Context(), driver.Ref{Key: key}); err != nil {
		return fmt.Errorf("a final entry is not there: %w", err)
	}
	return nil
}

// nothingIsMissed follows the changes; somebody else writes while the network is not to be reached.
func nothingIsMissed(t *testing.T, n *running, l driver.Ledger) error {
	first := lodged(t, l)
	h, err := l.Head(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	restore := n.cut()
	defer restore()
	ctx, cancel := context.WithTimeout(t.Context(), time.Second)
	defer cancel()
	if _, err := l.Changes(ctx, h.Cursor, 0, 0); !driver.IsOutage(err) {
		t.Fatalf("%v while the network is not to be reached", err)
	}
	second := lodge(t, n.direct(t), newStore(t).Sub("another"))
	restore()
	b := eventually(t, func(ctx context.Context) (*driver.Batch, error) { return l.Changes(ctx, h.Cursor, 0, 0) })
	var keys []string
	for _, e := range b.Entries {
		keys = append(keys, e.Key)
	}
	if !slices.Contains(keys, second) || slices.Contains(keys, first) {
		return fmt.Errorf("after the reconnection the changes are of %d entries, and that of the time between is not among them", len(keys))
	}
	return nil
}
