package gateway_test

import (
	"bytes"
	"context"
	"log/slog"
	"maps"
	"strings"
	"sync"
	"testing"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/gateway"
	"github.com/ftagateway/ftagateway/gateway/gatewaytest"
	"github.com/ftagateway/ftagateway/gateway/witness"
)

// lines is a log that a test reads.
type lines struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *lines) count(text string) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return strings.Count(l.text.String(), text)
}

// heard is the world's gateway with a log that can be read.
func heard(t *testing.T, w *gatewaytest.World) *lines {
	t.Helper()
	said := &lines{}
	c := w.Config
	c.Log = slog.New(slog.NewTextHandler(said, nil))
	next, err := w.Gateway.Next(c)
	if err != nil {
		t.Fatal(err)
	}
	w.Gateway = next
	return said
}

func contradictions(t *testing.T, w *gatewaytest.World, slug string) map[witness.Kind]uint64 {
	t.Helper()
	all := map[witness.Kind]uint64{}
	for _, kind := range witness.Kinds() {
		n, err := w.Config.Witness.Contradictions(slug, kind)
		if err != nil {
			t.Fatal(err)
		}
		if n > 0 {
			all[kind] = n
		}
	}
	return all
}

// TestALedgerThatContradictsWhatWasSeenIsCounted: once for each fact, however often and in whatever way it is read.
func TestALedgerThatContradictsWhatWasSeenIsCounted(t *testing.T) {
	type kinds = map[witness.Kind]uint64
	for name, c := range map[string]struct {
		lie  func(b *gatewaytest.Bent, id string)
		want kinds
	}{
		"it is honest":                     {func(*gatewaytest.Bent, string) {}, kinds{}},
		"it takes the newest version back": {func(b *gatewaytest.Bent, _ string) { b.OnGet = answers(b, 2) }, kinds{witness.RolledBack: 1}},
		"it alters a byte":                 {func(b *gatewaytest.Bent, id string) { alter(b, id) }, kinds{witness.Altered: 1}},
		"it shows something else":          {func(b *gatewaytest.Bent, _ string) { b.OnGet = garbled(b) }, kinds{witness.Altered: 1}},
		"it has never heard of the record": {func(b *gatewaytest.Bent, _ string) { hides(b, 100) }, kinds{witness.Vanished: 1}},
		"it cannot be asked":               {func(b *gatewaytest.Bent, _ string) { down(b) }, kinds{}},
		"it answers for another record": {func(b *gatewaytest.Bent, id string) {
			b.OnGet = inPlaceOf(b, "urn:uuid:00000000-0000-4000-8000-000000000000")
		}, kinds{}},
		"it answers a version nobody asked": {func(b *gatewaytest.Bent, _ string) { b.OnGet = renumbered(b) }, kinds{witness.Altered: 1}},
	} {
		t.Run(name, func(t *testing.T) {
			w, b, all := three(t)
			said := heard(t, w)
			id := all[0].Record.ID
			readInEveryWay(t, w, id)
			c.lie(b, id)
			for range 20 {
				readInEveryWay(t, w, id)
			}
			if got := contradictions(t, w, "trade"); !maps.Equal(got, c.want) {
				t.Errorf("%v, want %v", got, c.want)
			}
			if got := said.count("record=" + id); got != len(c.want) {
				t.Errorf("%d lines in the log, want %d:\n%s", got, len(c.want), said.text.String())
			}
			if other := contradictions(t, w, "cbp"); len(other) != 0 {
				t.Errorf("%v of a ledger that is honest", other)
			}
		})
	}
}

// readInEveryWay asks for a record wherever it is, as an entry file, and of its ledger.
func readInEveryWay(t *testing.T, w *gatewaytest.World, id string) {
	t.Helper()
	_, _ = w.Gateway.Record(w.Context(), id, gateway.Options{})
	_, _ = w.Gateway.Entry(w.Context(), id, withDocuments)
	_, _ = w.Gateway.LedgerRecord(w.Context(), "trade", id, 0, gateway.Options{})
}

// garbled answers bytes that are no record.
func garbled(b *gatewaytest.Bent) get {
	return func(ctx context.Context, ref driver.Ref) (*driver.Entry, error) {
		e, err := b.Ledger.Get(ctx, ref)
		if err == nil {
			e.Body = []byte(`{"nothing": "of ours"}`)
		}
		return e, err
	}
}

// down is a ledger that cannot be asked.
func down(b *gatewaytest.Bent) { b.Fail(driver.Errorf(driver.Unavailable, "down")) }

// TestAHistoryThatWasRewrittenIsCounted where only a walk up to a version that is new comes by it.
func TestAHistoryThatWasRewrittenIsCounted(t *testing.T) {
	w, b, all := three(t)
	g, id := w.Afresh(), all[0].Record.ID
	read := func(version uint64) {
		if _, err := g.LedgerRecord(w.Context(), "trade", id, version, gateway.Options{}); err != nil {
			t.Fatal(err)
		}
	}
	read(1)
	b.OnVersions = rewritten(b, 1)
	read(0)
	if n, err := g.Witness.Contradictions("trade", witness.Altered); n != 1 || err != nil {
		t.Errorf("%d, %v, want one", n, err)
	}
}

// rewritten lists a version with another time of issue.
func rewritten(b *gatewaytest.Bent, version uint64) func(context.Context, string, uint64, int) ([]*driver.Entry, error) {
	return func(ctx context.Context, key string, after uint64, limit int) ([]*driver.Entry, error) {
		page, err := b.Ledger.Versions(ctx, key, after, limit)
		for _, e := range page {
			if e.Version == version {
				e.Body = bytes.Replace(e.Body, []byte(`"issued":"202`), []byte(`"issued":"203`), 1)
			}
		}
		return page, err
	}
}
