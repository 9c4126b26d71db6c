package gateway_test

import (
	"context"
	"strings"
	"testing"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/filing"
	"github.com/ftagateway/ftagateway/gateway"
	"github.com/ftagateway/ftagateway/gateway/gatewaytest"
	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/model/lifecycle"
	"github.com/ftagateway/ftagateway/trust"
)

// three is a world with an entry of three versions, on a ledger that can be bent.
func three(t *testing.T) (*gatewaytest.World, *gatewaytest.Bent, []gatewaytest.Filed) {
	w, b := bent(t, gatewaytest.Options{})
	all := []gatewaytest.Filed{w.File(w.Importer, "trade", recently(), filing.Filing{})}
	for range 2 {
		last := all[len(all)-1]
		w.Decide(last, lifecycle.Reject, "", "004")
		all = append(all, w.File(w.Importer, "trade", recently(), filing.Filing{Previous: last.Record}))
	}
	return w, b, all
}

// Every lie of a single node, on a gateway that has seen the records before.
func TestANodeThatLiesIsFoundOut(t *testing.T) {
	w, b, all := three(t)
	id := all[0].Record.ID
	for name, c := range map[string]struct {
		lie  func()
		want trust.Outcome
		line string
		says string
	}{
		"it takes the newest version back": {func() { b.OnGet = answers(b, 2) }, trust.Invalid, trust.Versions, "now answers version 2"},
		"it shows an older version under the newest number": {func() { b.OnGet = renumbered(b) },
			trust.Invalid, trust.Schema, "stands as version 3"},
		"it alters a byte": {func() { alter(b, id) }, trust.Invalid, trust.Proof, "signature"},
		"it shows another record": {func() { b.OnGet = inPlaceOf(b, model.NewID()) },
			trust.Invalid, trust.Schema, "another key"},
	} {
		t.Run(name, func(t *testing.T) {
			defer b.Heal()
			c.lie()
			answer, err := w.Gateway.LedgerRecord(w.Context(), "trade", id, 0, gateway.Options{})
			if err != nil {
				t.Fatal(err)
			}
			line := lineOf(answer.Verdict, c.line)
			if answer.Verdict.Outcome != c.want || line.Outcome != c.want || !strings.Contains(line.Reason, c.says) {
				t.Errorf("%s, %+v; want %s because %q", answer.Verdict.Outcome, line, c.want, c.says)
			}
			if answer.Record != nil {
				t.Error("the content of what is invalid is shown")
			}
		})
	}
	if answer, err := w.Gateway.LedgerRecord(w.Context(), "trade", id, 0, gateway.Options{}); err != nil || answer.Verdict.Outcome != trust.Valid {
		t.Errorf("the truth afterwards: %+v, %v", answer, err)
	}
}

type get = func(context.Context, driver.Ref) (*driver.Entry, error)

// answers gives one version to whoever asks for the newest.
func answers(b *gatewaytest.Bent, version uint64) get {
	return func(ctx context.Context, ref driver.Ref) (*driver.Entry, error) {
		if ref.Version == 0 {
			ref.Version = version
		}
		return b.Ledger.Get(ctx, ref)
	}
}

func renumbered(b *gatewaytest.Bent) get {
	return func(ctx context.Context, ref driver.Ref) (*driver.Entry, error) {
		e, err := b.Ledger.Get(ctx, driver.Ref{Key: ref.Key, Version: 1})
		if err == nil {
			e.Version = 3
		}
		return e, err
	}
}

func inPlaceOf(b *gatewaytest.Bent, key string) get {
	return func(ctx context.Context, ref driver.Ref) (*driver.Entry, error) {
		e, err := b.Ledger.Get(ctx, ref)
		if err == nil {
			e.Key = key
		}
		return e, err
	}
}

// Every lie about older versions, on a gateway that sees the record for the first time and walks its chain.
func TestTheChainOfVersionsIsWalkedAtFirstSight(t *testing.T) {
	w, b, all := three(t)
	for name, c := range map[string]struct {
		list func(page []*driver.Entry) []*driver.Entry
		want trust.Outcome
		says string
	}{
		"an honest node":            {func(p []*driver.Entry) []*driver.Entry { return p }, trust.Valid, ""},
		"a version is missing":      {func(p []*driver.Entry) []*driver.Entry { return append(p[:1], p[2]) }, trust.Invalid, "version 2 is missing"},
		"the first is missing":      {func(p []*driver.Entry) []*driver.Entry { return p[1:] }, trust.Invalid, "version 1 is missing"},
		"the list ends too early":   {func(p []*driver.Entry) []*driver.Entry { return p[:1] }, trust.Invalid, "does not list it"},
		"the list is empty":         {func([]*driver.Entry) []*driver.Entry { return nil }, trust.Invalid, "shows no version"},
		"two versions are the same": {func(p []*driver.Entry) []*driver.Entry { return []*driver.Entry{p[0], p[0], p[2]} }, trust.Invalid, "version 2 is missing"},
	} {
		t.Run(name, func(t *testing.T) {
			defer b.Heal()
			b.OnVersions = func(ctx context.Context, key string, after uint64, limit int) ([]*driver.Entry, error) {
				page, err := b.Ledger.Versions(ctx, key, 0, 0)
				if err != nil || after > 0 {
					return nil, err
				}
				return c.list(page), nil
			}
			answer, err := w.Afresh().LedgerRecord(w.Context(), "trade", all[0].Record.ID, 0, gateway.Options{})
			if err != nil {
				t.Fatal(err)
			}
			line := lineOf(answer.Verdict, trust.Versions)
			if line.Outcome != c.want || !strings.Contains(line.Reason, c.says) {
				t.Errorf("%+v, want %s because %q", line, c.want, c.says)
			}
		})
	}
}

func TestVersionsThatCannotBeReadAreUndetermined(t *testing.T) {
	w, b, all := three(t)
	b.OnVersions = func(context.Context, string, uint64, int) ([]*driver.Entry, error) {
		return nil, driver.Errorf(driver.Unavailable, "down")
	}
	answer, err := w.Afresh().LedgerRecord(w.Context(), "trade", all[0].Record.ID, 0, gateway.Options{})
	if err != nil || answer.Verdict.Outcome != trust.Undetermined {
		t.Errorf("%+v, %v: want undetermined", answer, err)
	}
}

// A node signs, with a key that it made, a further version of somebody else's record. Nobody believes it, and the true
// record must not be called rolled back afterwards.
func TestAForgedVersionLeavesNoTrace(t *testing.T) {
	w, b := bent(t, gatewaytest.Options{})
	_, entry := fileIn(w)
	stranger := w.Stranger()
	forged := w.Make(stranger, "trade", recently(), filing.Filing{Previous: entry.Record})
	b.OnGet = func(ctx context.Context, ref driver.Ref) (*driver.Entry, error) {
		e, err := b.Ledger.Get(ctx, ref)
		if err == nil && ref.Key == entry.Record.ID {
			e.Body, e.Version = forged.Record.Bytes, 2
		}
		return e, err
	}
	if answer, err := w.Gateway.LedgerRecord(w.Context(), "trade", entry.Record.ID, 0, gateway.Options{}); err != nil || answer.Verdict.Outcome == trust.Valid {
		t.Errorf("the forged version: %+v, %v", answer, err)
	}
	b.Heal()
	wantOutcome(t, open(t, w, entry.Record.ID, withDocuments), trust.Valid, "filed")
}
