package cachetest

import (
	"reflect"
	"strconv"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/adapters/cache"
	"github.com/ftagateway/ftagateway/adapters/driver"
)

const chain = "the chain's id"

// leaseTime is long enough for a test to end within it.
const leaseTime = time.Minute

// entry makes a final version of a key, in the block of its number.
func entry(key string, version uint64) *driver.Entry {
	return &driver.Entry{
		Key: key, Version: version, Body: []byte("version " + strconv.FormatUint(version, 10)),
		Author: driver.Author{Kind: "did", ID: "did:key:z6Mk", Evidence: []byte{0, 1, 255}},
		Position: driver.Position{
			Height: version, Index: 3, Tx: "tx", Final: true,
			Time: time.Date(2026, 11, 20, 12, 0, 0, 123456789, time.UTC),
		},
		Cursor: driver.Cursor(chain + "|" + strconv.FormatUint(version, 10)),
	}
}

// place is where a chain stands after block n.
func place(n uint64) cache.Progress {
	return cache.Progress{
		Cursor: driver.Cursor("after " + strconv.FormatUint(n, 10)),
		Block:  driver.Block{Height: n, Hash: "hash", Time: time.Date(2026, 11, 20, 12, 0, int(n%60), 0, time.UTC)},
		At:     time.Now(),
	}
}

// led takes the lease of a store and opens its first epoch at block 1.
func led(t *testing.T, s cache.Store) cache.Lease {
	t.Helper()
	lease, err := s.Lead(t.Context(), cache.Lease{}, leaseTime)
	if err != nil || lease.Token == 0 {
		t.Fatalf("no lease: %+v, %v", lease, err)
	}
	must(t, s.Begin(t.Context(), lease, chain, place(1)))
	return lease
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func state(t *testing.T, s cache.Store) cache.State {
	t.Helper()
	st, err := s.State(t.Context())
	must(t, err)
	return st
}

// apply applies a batch from block to block.
func apply(t *testing.T, s cache.Store, by cache.Lease, from, to uint64, entries ...*driver.Entry) {
	t.Helper()
	must(t, s.Apply(t.Context(), by, place(from).Cursor, entries, place(to)))
}

func fill(t *testing.T, s cache.Store, seen cache.State, key string, e *driver.Entry) {
	t.Helper()
	must(t, s.Fill(t.Context(), seen, key, e))
}

// known holds that a version is noted as the newest of a key.
func known(t *testing.T, s cache.Store, key string, version uint64) {
	t.Helper()
	p, _, err := s.Newest(t.Context(), key)
	must(t, err)
	if !p.Known || p.Absent || p.Entry == nil || p.Entry.Key != key || p.Entry.Version != version {
		t.Errorf("the newest of %s is %+v, want version %d", key, p, version)
	}
}

// unknown holds that nothing is noted as the newest of a key.
func unknown(t *testing.T, s cache.Store, key string) {
	t.Helper()
	p, _, err := s.Newest(t.Context(), key)
	must(t, err)
	if p.Known {
		t.Errorf("the newest of %s is %+v, want nothing", key, p)
	}
}

func same(t *testing.T, got, want *driver.Entry) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Errorf("kept %+v, want %+v", got, want)
	}
}
