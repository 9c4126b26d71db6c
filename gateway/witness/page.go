package witness

import (
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/ftagateway/ftagateway/ld"
)

// Query asks for a part of the log.
type Query struct {
	Ledger string // its URI; empty for all ledgers
	After  string // a cursor; empty for the beginning
	Limit  int    // most entries of the page; below 1 or above MaxPage it is MaxPage
}

// MaxPage is the most entries that a page holds.
const MaxPage = 100

// Page is a run of entries, oldest first.
type Page struct {
	Entries []Entry `json:"entries"`
	// Next is where to go on, and stays good for ever. A page without entries has reached the end for now.
	Next string `json:"next"`
}

// ErrCursor is the cause when a cursor is none, or is one of another log.
var ErrCursor = errors.New("not a cursor of this log")

// Page answers entries above a cursor. The error wraps ErrCursor if the cursor is not one that this log gave.
func (l *Log) Page(q Query) (*Page, error) {
	after, err := l.position(q.After)
	if err != nil {
		return nil, wrap(err)
	}
	if q.Limit < 1 || q.Limit > MaxPage {
		q.Limit = MaxPage
	}
	seqs, err := l.above(q, after.Seq)
	if err != nil {
		return nil, wrap(err)
	}
	return l.page(seqs, after)
}

// above lists the numbers of the entries that a page holds.
func (l *Log) above(q Query, after uint64) ([]uint64, error) {
	prefix, from := entryPrefix, entryKey(after)
	if q.Ledger != "" {
		prefix, from = ledgerPrefix(q.Ledger), ledgerKey(q.Ledger, after)
	}
	var seqs []uint64
	err := l.kv.Scan(prefix, from, func(key, _ []byte) bool {
		seqs = append(seqs, seqOf(key))
		return len(seqs) < q.Limit
	})
	return seqs, err
}

func (l *Log) page(seqs []uint64, after head) (*Page, error) {
	p := &Page{Entries: make([]Entry, len(seqs))}
	for i, seq := range seqs {
		line, err := l.line(seq)
		if err != nil {
			return nil, err
		}
		if err := json.Unmarshal(line, &p.Entries[i]); err != nil {
			return nil, wrap(fmt.Errorf("entry %d: %w: %w", seq, ErrBroken, err))
		}
		after = head{seq, ld.Sum(line)}
	}
	p.Next = after.cursor()
	return p, nil
}

// line answers an entry as it was hashed.
func (l *Log) line(seq uint64) ([]byte, error) {
	line, ok, err := l.kv.Get(entryKey(seq))
	if err == nil && !ok {
		err = fmt.Errorf("entry %d: %w", seq, ErrBroken)
	}
	return line, wrap(err)
}

// cursorDigest is how many bytes of an entry's digest its cursor has, so that it names this log and no other.
const cursorDigest = 8

// cursor spells a place in the log; the beginning is the empty one.
func (h head) cursor() string {
	if h.Seq == 0 {
		return ""
	}
	b := binary.BigEndian.AppendUint64(nil, h.Seq)
	return base64.RawURLEncoding.EncodeToString(append(b, h.Digest[:cursorDigest]...))
}

// position reads a cursor, and holds it to the log.
func (l *Log) position(cursor string) (head, error) {
	if cursor == "" {
		return head{}, nil
	}
	b, err := base64.RawURLEncoding.DecodeString(cursor)
	if err != nil || len(b) != 8+cursorDigest {
		return head{}, fmt.Errorf("cursor %.32q: %w", cursor, ErrCursor)
	}
	seq := binary.BigEndian.Uint64(b)
	line, ok, err := l.kv.Get(entryKey(seq))
	if err != nil {
		return head{}, err
	}
	h := head{seq, ld.Sum(line)}
	if !ok || h.cursor() != cursor {
		return head{}, fmt.Errorf("cursor %.32q: %w", cursor, ErrCursor)
	}
	return h, nil
}
