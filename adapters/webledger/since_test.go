package webledger_test

import (
	"context"
	"io"
	"net/http"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// asksOf makes the calls of one answer: what leads to a key, its versions, and that another key has none.
func asksOf(ctx context.Context, t *testing.T, l driver.Ledger, key string) (versions int) {
	t.Helper()
	if _, _, err := l.Find(ctx, driver.Lookup{Value: linkOf(key)}, "", 0); err != nil {
		t.Fatal(err)
	}
	all, err := l.Versions(ctx, key, 0, 0)
	if err != nil {
		t.Fatal(err)
	}
	_, err = l.Get(ctx, driver.Ref{Key: newID()})
	wantCode(t, err, driver.NotFound)
	return len(all)
}

// Who makes one answer of many calls has the node asked once how far it has come. Who begins later has it asked again, and
// is told of what was written before he began.
func TestTheNodeIsAskedOnceSinceAMoment(t *testing.T) {
	s, key := newStandIn(t), newID()
	s.history(key, 1)
	l := s.open(t)
	asksOf(within(t), t, l, key)
	for version := 2; version <= 4; version++ {
		s.block(s.update(record(key, version-1), record(key, version), uint64(version-2)))
		ctx, before := driver.WithSince(within(t), time.Now()), s.count(endsService)
		for range 3 {
			if n := asksOf(ctx, t, l, key); n != version {
				t.Errorf("%d versions where %d stood before the moment", n, version)
			}
		}
		if n := s.count(endsService) - before; n != 1 {
			t.Errorf("the node was asked %d times how far it has come, want once", n)
		}
	}
}

func TestWithoutAMomentTheNodeIsAskedEachTime(t *testing.T) {
	s, key := newStandIn(t), newID()
	s.history(key, 1)
	l := s.open(t)
	asksOf(within(t), t, l, key)
	before := s.count(endsService)
	asksOf(within(t), t, l, key)
	if n := s.count(endsService) - before; n != 3 {
		t.Errorf("the node was asked %d times how far it has come, want for each of three calls", n)
	}
}

// A record that stood before the moment and that the node denies is not absent, though the blocks are not asked for again.
func TestWhatStoodBeforeTheMomentCannotBeDenied(t *testing.T) {
	s, key := newStandIn(t), newID()
	s.history(newID(), 1)
	l := s.open(t)
	asksOf(within(t), t, l, s.anyKey())
	s.history(key, 1) // the index has not seen it
	s.spoiled(queryService, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNotFound) })
	e, err := l.Get(driver.WithSince(within(t), time.Now()), driver.Ref{Key: key})
	if err != nil || e.Contradiction == "" {
		t.Errorf("a record that was denied: %+v, %v", e, err)
	}
}

// Of what is not known yet the blocks are followed while the node is asked for it: nobody waits for one after the other.
func TestAbsenceIsLookedForInBlocksMeanwhile(t *testing.T) {
	s := newStandIn(t)
	s.history(newID(), 1)
	l := s.open(t)
	asksOf(within(t), t, l, s.anyKey())
	queried, followed := make(chan struct{}), make(chan struct{})
	s.spoiled(queryService, func(w http.ResponseWriter, r *http.Request) {
		close(queried)
		_, _ = io.Copy(io.Discard, r.Body) // so that a caller who goes away is noticed
		await(r, followed)
		w.WriteHeader(http.StatusNotFound)
	})
	s.spoiled(endsService, func(w http.ResponseWriter, r *http.Request) {
		await(r, queried)
		close(followed)
		s.honest(w, r)
	})
	_, err := l.Get(within(t), driver.Ref{Key: newID()})
	wantCode(t, err, driver.NotFound)
}

// await waits for something that happens, or for the caller to go away.
func await(r *http.Request, happens <-chan struct{}) {
	select {
	case <-happens:
	case <-r.Context().Done():
	}
}

// anyKey is a key of some record on the chain.
func (s *standIn) anyKey() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	for key := range s.records {
		return key
	}
	return ""
}
