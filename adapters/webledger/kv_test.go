package webledger_test

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"sync"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// table is a driver.KV that lasts as long as the test, and can be made to fail.
type table struct {
	mu     sync.Mutex
	rows   map[string][]byte
	broken bool
	writes int
}

func newTable() *table { return &table{rows: map[string][]byte{}} }

var errDisk = errors.New("disk is full")

func (t *table) Get(key []byte) ([]byte, bool, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	v, ok := t.rows[string(key)]
	return bytes.Clone(v), ok, nil
}

func (t *table) Apply(changes ...driver.Change) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.broken {
		return errDisk
	}
	t.writes++
	for _, c := range changes {
		if c.Value == nil {
			delete(t.rows, string(c.Key))
		} else {
			t.rows[string(c.Key)] = bytes.Clone(c.Value)
		}
	}
	return nil
}

func (t *table) Scan(prefix, after []byte, yield func(key, value []byte) bool) error {
	for _, key := range t.keys(string(prefix), string(after)) {
		value, ok, _ := t.Get([]byte(key))
		if ok && !yield([]byte(key), value) {
			return nil
		}
	}
	return nil
}

func (t *table) keys(prefix, after string) []string {
	t.mu.Lock()
	defer t.mu.Unlock()
	var all []string
	for key := range t.rows {
		if strings.HasPrefix(key, prefix) && key > after {
			all = append(all, key)
		}
	}
	slices.Sort(all)
	return all
}

func (t *table) setBroken(yes bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.broken = yes
}

// holds reports whether any row has the text in its value.
func (t *table) holds(text string) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, value := range t.rows {
		if bytes.Contains(value, []byte(text)) {
			return true
		}
	}
	return false
}

// drop deletes what another driver on the same table would have to find again.
func (t *table) drop() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.rows = map[string][]byte{}
}
