package inclusion_test

import (
	"encoding/pem"
	"strings"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// TestAProofIsOfOneEntry tells the entry otherwise than it stands on the channel.
func TestAProofIsOfOneEntry(t *testing.T) {
	s := made(t)
	for name, tc := range map[string]struct {
		alter func(e *driver.Entry)
		words string
	}{
		"height":   {func(e *driver.Entry) { e.Height++ }, "height 8"},
		"tx":       {func(e *driver.Entry) { e.Tx = strings.ToUpper(e.Tx) }, "another transaction"},
		"time":     {func(e *driver.Entry) { e.Time = e.Time.Add(time.Nanosecond) }, "another time"},
		"kind":     {func(e *driver.Entry) { e.Author.Kind = "did" }, "another author"},
		"author":   {func(e *driver.Entry) { e.Author = authorOf(t, s.user2) }, "another author"},
		"evidence": {func(e *driver.Entry) { e.Author.Evidence = authorOf(t, s.user2).Evidence }, "author's certificate"},
		"key":      {func(e *driver.Entry) { e.Key = "" }, "writes 0 states"},
		"version":  {func(e *driver.Entry) { e.Version = 0 }, "writes 0 states"},
		"body":     {func(e *driver.Entry) { e.Body = nil }, "another body"},
		"deletion": {func(e *driver.Entry) { e.Deleted, e.Body = true, nil }, "deletion"},
	} {
		e := *s.entry
		tc.alter(&e)
		if got := driver.Verify(&e, s.proof, s.anchors); got.Outcome != driver.Failed || !strings.Contains(got.Reason, tc.words) {
			t.Errorf("%s: %+v, want %q", name, got, tc.words)
		}
	}
}

// TestEvidenceComesInPEMOrDEROrNotAtAll: a remote ledger may tell it otherwise than the channel has it.
func TestEvidenceComesInPEMOrDEROrNotAtAll(t *testing.T) {
	s := made(t)
	block, _ := pem.Decode(s.entry.Author.Evidence)
	for _, evidence := range [][]byte{nil, block.Bytes, s.entry.Author.Evidence} {
		e := *s.entry
		e.Author.Evidence = evidence
		if got := driver.Verify(&e, s.proof, s.anchors); got.Outcome != driver.Verified {
			t.Errorf("%.40q: %+v", evidence, got)
		}
	}
}

// TestADeletionIsProven as a write of nothing.
func TestADeletionIsProven(t *testing.T) {
	s := made(t)
	p := writing("fta", "", "", "")(s.forge(t))
	e := *s.entry
	e.Deleted, e.Body = true, nil
	if got := driver.Verify(&e, p, s.anchors); got.Outcome != driver.Verified {
		t.Errorf("%+v", got)
	}
	e.Body = []byte("body")
	if got := driver.Verify(&e, p, s.anchors); got.Outcome != driver.Failed {
		t.Errorf("%+v: a deletion has no body", got)
	}
}
