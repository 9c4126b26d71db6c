package server

import (
	"sync"
	"testing"

	"github.com/ftagateway/ftagateway/evidence/internal/archive"
)

// Reads is how often each store was asked.
type Reads struct{ Revoked, Find, Content int }

// Counted is the stores of a server, counted, and failing where a test says so.
type Counted struct {
	stores
	mu                  sync.Mutex
	reads               Reads
	RevokedErr, FindErr error
}

// CountReads puts itself between a server and its stores, before the server is used.
func CountReads(s *Server) *Counted {
	c := &Counted{stores: s.stores}
	s.stores = c
	return c
}

// Reads answers how often the stores were asked since Reset.
func (c *Counted) Reads() Reads {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.reads
}

// Reset begins to count anew.
func (c *Counted) Reset() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.reads = Reads{}
}

// Fail makes the stores answer errors.
func (c *Counted) Fail(revoked, find error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.RevokedErr, c.FindErr = revoked, find
}

func (c *Counted) Revoked(ids ...string) (bool, error) {
	c.mu.Lock()
	c.reads.Revoked++
	err := c.RevokedErr
	c.mu.Unlock()
	if err != nil {
		return false, err
	}
	return c.stores.Revoked(ids...)
}

func (c *Counted) Find(collection, uuid string) (archive.Item, bool, error) {
	c.mu.Lock()
	c.reads.Find++
	err := c.FindErr
	c.mu.Unlock()
	if err != nil {
		return archive.Item{}, false, err
	}
	return c.stores.Find(collection, uuid)
}

func (c *Counted) Content(it archive.Item, max int64) ([]byte, bool, error) {
	c.mu.Lock()
	c.reads.Content++
	c.mu.Unlock()
	return c.stores.Content(it, max)
}

// BreakLog makes a server's access log one that takes nothing more.
func BreakLog(t *testing.T, s *Server) {
	t.Helper()
	if err := s.log.Close(); err != nil {
		t.Fatal(err)
	}
}
