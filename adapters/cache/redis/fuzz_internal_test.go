package redis

import (
	"bytes"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/adapters/cache"
	"github.com/ftagateway/ftagateway/adapters/driver"
)

// Whoever has the secret may be another version of this program: what is sealed is read as strictly as what is not. A
// value has one form.
func FuzzValues(f *testing.F) {
	e := &driver.Entry{Key: "k", Version: 1, Body: []byte("b"), Position: driver.Position{Tx: "t", Time: time.Unix(1, 2).UTC(), Final: true}}
	f.Add(entryBytes(e))
	f.Add((&place{epoch: 1, chainID: "c", to: cache.Progress{Cursor: "x", Behind: true}, at: 5, count: 3}).bytes())
	f.Add(pointer{count: 1, version: 2}.bytes())
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, value []byte) {
		if e, ok := entryOf(value); ok && !bytes.Equal(entryBytes(e), value) {
			t.Error("an entry with a second form")
		}
		if p, ok := placeOf(value); ok && !bytes.Equal(p.bytes(), value) {
			t.Error("a place with a second form")
		}
		if p, ok := pointerOf(value); ok && !bytes.Equal(p.bytes(), value) {
			t.Error("a pointer with a second form")
		}
	})
}

// Nothing opens that was not locked for the same thing, whatever Redis answers.
func FuzzAnswers(f *testing.F) {
	r, err := Open(Options{URL: "redis://127.0.0.1:1/0", Secret: bytes.Repeat([]byte{1}, 32)})
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() { _ = r.Close() })
	s := r.For("trade").(*store)
	f.Add("", "", "0", "1", "2")
	f.Add(s.names.lock([]byte("v"), "entry"), string(make([]byte, 4*buckets)), "x", "-1", "99999999999999999999")
	f.Fuzz(func(t *testing.T, sealed, touched, forgotten, seconds, micros string) {
		if v := s.opens(sealed, touched, forgotten, nil); v != nil {
			t.Error("a place that nobody sealed was opened")
		}
		if _, ok := s.names.unlock(sealed, "pointer", "k"); ok {
			t.Error("a pointer that nobody sealed was opened")
		}
		if m, ok := s.heard(time.Now(), seconds, micros); ok && m.redis < 0 {
			t.Error("a time before all times")
		}
	})
}
