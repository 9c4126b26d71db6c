package conformance

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// session is one ledger under test while it is open, and what is known of it.
type session struct {
	harness   Harness
	left      *leavings
	appends   *tally
	draw      *draw
	mu        sync.Mutex // for ledger: a session is closed by others when a call in it hangs
	ledger    driver.Ledger
	opened    bool // at least once, so that from now on it is Reopen
	described driver.Description
	past      *past
}

// open opens the ledger unless it is open.
func (s *session) open(ctx context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.ledger != nil {
		return nil
	}
	open := s.harness.Open
	if s.opened && s.harness.Reopen != nil {
		open = s.harness.Reopen
	} else {
		s.past = nil // it may be another chain
	}
	ledger, err := open(ctx)
	if err != nil {
		return fmt.Errorf("open the ledger: %w", err)
	}
	s.ledger, s.opened = ledger, true
	return nil
}

// current gives the open ledger.
func (s *session) current() driver.Ledger {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.ledger
}

// close closes the ledger if it is open. The lock is not held meanwhile: a Close that hangs must not hold others.
func (s *session) close() error {
	s.mu.Lock()
	ledger := s.ledger
	s.ledger = nil
	s.mu.Unlock()
	if ledger == nil {
		return nil
	}
	return ledger.Close()
}

// leavings is what a run wrote, over all its sessions.
type leavings struct {
	sync.Mutex
	versions map[string]uint64
}

func (l *leavings) add(key string, version uint64) {
	l.Lock()
	defer l.Unlock()
	l.versions[key] = max(l.versions[key], version)
}

func (l *leavings) list() []Left {
	l.Lock()
	defer l.Unlock()
	all := []Left{}
	for key, n := range l.versions {
		all = append(all, Left{Key: strings.ToValidUTF8(key, "\uFFFD"), Versions: n})
	}
	slices.SortFunc(all, func(a, b Left) int { return strings.Compare(a.Key, b.Key) })
	return all
}
