package witness_test

import (
	"errors"
	"sync"
	"testing"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/gateway/witness"
)

// sick is a store that fails while it is told to.
type sick struct {
	driver.KV
	sync.Mutex
	fails   error
	applied int
}

func (s *sick) Apply(changes ...driver.Change) error {
	s.Lock()
	defer s.Unlock()
	if s.fails != nil {
		return s.fails
	}
	s.applied++
	return s.KV.Apply(changes...)
}

func (s *sick) Get(key []byte) ([]byte, bool, error) {
	s.Lock()
	defer s.Unlock()
	if s.fails != nil {
		return nil, false, s.fails
	}
	return s.KV.Get(key)
}

func (s *sick) Scan(prefix, after []byte, yield func(key, value []byte) bool) error {
	s.Lock()
	defer s.Unlock()
	if s.fails != nil {
		return s.fails
	}
	return s.KV.Scan(prefix, after, yield)
}

func (s *sick) falls(ill error) {
	s.Lock()
	defer s.Unlock()
	s.fails = ill
}

// TestSickStore: what could not be kept is not acknowledged, and once the store is well again the chain goes on whole.
func TestSickStore(t *testing.T) {
	kv := &sick{KV: memory(t)}
	l := open(t, kv, newClock())
	mustSee(t, l, shown(1, "a"))
	full := errors.New("no space left on device")
	kv.falls(full)
	_, see := l.See(shown(2, "b"))
	_, _, first := l.FirstSeen(trade, id, 1)
	_, known := l.Known(id)
	_, evidence := l.Evidence(trade, id, 1)
	_, page := l.Page(witness.Query{})
	for name, err := range map[string]error{"See": see, "FirstSeen": first, "Known": known, "Evidence": evidence, "Page": page} {
		if !errors.Is(err, full) {
			t.Errorf("%s answers %v", name, err)
		}
	}
	if seen, err := l.See(shown(1, "a")); seen.Relation != witness.Same || err != nil {
		t.Errorf("what is known needs no store: %v, %v", seen.Relation, err)
	}
	kv.falls(nil)
	if seen := mustSee(t, l, shown(2, "b")); seen.Relation != witness.Newer {
		t.Errorf("well again, version 2 is %s", seen.Relation)
	}
	checkWhole(t, l, 2)
}

// TestNothingNewWritesNothing: a read that shows what is known costs no disk.
func TestNothingNewWritesNothing(t *testing.T) {
	kv, c := &sick{KV: memory(t)}, newClock()
	l := open(t, kv, c)
	for _, o := range []witness.Observation{shown(1, "a"), shown(2, "b"), shown(1, "x"), shown(2, "y")} {
		mustSee(t, l, o)
	}
	before := kv.applied
	for range 3 {
		l = open(t, kv, c) // with nothing in memory
		for _, o := range []witness.Observation{shown(1, "a"), shown(2, "b"), shown(1, "x"), shown(2, "y")} {
			mustSee(t, l, o)
		}
	}
	if kv.applied != before {
		t.Errorf("%d writes", kv.applied-before)
	}
}
