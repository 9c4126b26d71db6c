// Package witness remembers what ledgers have shown: for each record on each ledger every version with its digest, when it
// was first seen, at which height, and with which proof. A ledger that takes back its newest version, or shows another
// version under the same number, contradicts this log; nothing else can tell a rollback from a record that never was.
//
// The log is append-only and hash-chained: each entry names the digest of the one before it, so that an export, which ends
// in a signed statement, cannot be altered, shortened or reordered in the middle. It is not derived from anything: unlike
// caches and indexes, losing it loses evidence.
//
// Only what is proven belongs here. See is called for records whose own proof verified; a node that makes up a record
// must not be able to leave it in the log, where the true one would later contradict it. Two proven records under one
// number are another matter: their issuer signed both, and the log keeps both.
package witness

import (
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/maypok86/otter/v2"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/ld"
)

// Log is an open witness log. It is safe for concurrent use, starts no goroutine, and needs no closing; the store that it
// is kept in stays open for as long as it is used. One store has one Log.
type Log struct {
	kv  driver.KV
	now func() time.Time
	// cache holds the newest known version of records. A fill reads the store and puts what it read while it holds
	// filling for reading, and a writer publishes under the write lock, so that nothing older ever replaces what is newer.
	cache   *otter.Cache[record, *standing]
	filling sync.RWMutex
	queue   queue
	head    head // guarded by queue.writing
	end     atomic.Uint64
	noting  sync.Mutex // of contradictions, one at a time
}

// End is the number of the last entry. What is known now has none above it.
func (l *Log) End() uint64 { return l.end.Load() }

// record is what versions are counted of: one id on one ledger.
type record struct{ ledger, id string }

// cached is how many records are known without a read of the store, at about 700 bytes each.
const cached = 1 << 14

// Open opens the log that a store holds, or begins one. now gives the time of witnessing. A log whose end does not fit
// its chain is an error: it was altered, or restored by half.
func Open(kv driver.KV, now func() time.Time) (*Log, error) {
	cache, err := otter.New(&otter.Options[record, *standing]{MaximumSize: cached})
	if err != nil {
		return nil, fmt.Errorf("open witness log: %w", err)
	}
	l := &Log{kv: kv, now: now, cache: cache}
	if l.head, err = l.readHead(); err != nil {
		return nil, fmt.Errorf("open witness log: %w", err)
	}
	l.end.Store(l.head.Seq)
	return l, nil
}

// ErrBroken is the cause when the log in the store contradicts itself.
var ErrBroken = errors.New("the log does not fit its hash chain")

// head is the end of the chain. The zero head is that of an empty log.
type head struct {
	Seq    uint64    `json:"seq"`
	Digest ld.Digest `json:"digest"`
}

func (l *Log) readHead() (head, error) {
	var h head
	found, err := getJSON(l.kv, headKey, &h)
	if err != nil || !found {
		return head{}, err
	}
	line, ok, err := l.kv.Get(entryKey(h.Seq))
	if err != nil {
		return head{}, err
	}
	if !ok || ld.Sum(line) != h.Digest {
		return head{}, fmt.Errorf("entry %d: %w", h.Seq, ErrBroken)
	}
	return h, nil
}
