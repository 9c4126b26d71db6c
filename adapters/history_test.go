package adapters_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/ftagateway/ftagateway/adapters"
	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/trust"
)

// bodies gives what is written for records.
func bodies(chain []*model.Parsed) [][]byte {
	all := make([][]byte, len(chain))
	for i, p := range chain {
		all[i] = p.Bytes
	}
	return all
}

func TestHistoryOfAnHonestChain(t *testing.T) {
	n := newNode(t) // with pages of two
	n.put(t, id, bodies(versions(t, 5))...)
	h, err := open(t, n).History(ctx, id)
	if err != nil {
		t.Fatal(err)
	}
	if h.Versions.Outcome != trust.Valid || h.Versions.Name != trust.Versions || len(h.Readings) != 5 {
		t.Fatalf("%+v of %d versions, want valid of 5", h.Versions, len(h.Readings))
	}
	for i, r := range h.Readings {
		if r.Entry.Version != uint64(i+1) || r.Link.Outcome != trust.Valid {
			t.Errorf("version %d at %d with link %+v", r.Entry.Version, i, r.Link)
		}
	}
}

// What a dishonest node can do to the middle of a chain of versions, each with what gives it away.
func TestHistoryOfADishonestNode(t *testing.T) {
	chain := versions(t, 4)
	forged := record(t, chain[0], func(r *model.Record) { r.Event = "withdraw" })
	strayed := record(t, chain[2], func(r *model.Record) { r.Previous = &chain[0].Digest })
	for name, c := range map[string]struct {
		bodies func([]*driver.Entry) []*driver.Entry
		says   string
	}{
		"the middle is missing": {func(e []*driver.Entry) []*driver.Entry { return slices.Delete(e, 1, 2) }, "version 2 is missing"},
		"the first is missing":  {func(e []*driver.Entry) []*driver.Entry { return e[1:] }, "version 1 is missing"},
		"the middle reordered": {func(e []*driver.Entry) []*driver.Entry { e[1], e[2] = e[2], e[1]; return e },
			"version 2 is missing"},
		"bodies reordered": {func(e []*driver.Entry) []*driver.Entry { e[1].Body, e[2].Body = e[2].Body, e[1].Body; return e },
			"version 2: /version"},
		"the middle replaced by another that is signed": {func(e []*driver.Entry) []*driver.Entry { e[1].Body = forged.Bytes; return e },
			"version 3: /previous"},
		"a version that follows another": {func(e []*driver.Entry) []*driver.Entry { e[3].Body = strayed.Bytes; return e },
			"version 4: /previous"},
		"the middle unreadable": {func(e []*driver.Entry) []*driver.Entry { e[1].Body = []byte("lost"); return e },
			"version 2 cannot be read"},
		"the middle deleted": {func(e []*driver.Entry) []*driver.Entry { e[1].Deleted, e[1].Body = true, nil; return e },
			"version 2 cannot be read"},
		"a version twice": {func(e []*driver.Entry) []*driver.Entry { return slices.Insert(e, 2, e[1]) },
			"version 2 comes after version 2"},
		"blocks that run back": {func(e []*driver.Entry) []*driver.Entry { e[2].Height = 0; return e },
			"version 3 stands on the chain before version 2"},
		"nothing at all": {func([]*driver.Entry) []*driver.Entry { return nil }, "shows no version"},
	} {
		t.Run(name, func(t *testing.T) {
			n := newNode(t)
			n.put(t, id, bodies(chain)...)
			honest := whole(t, n)
			n.page = pages(c.bodies(honest))
			h, err := open(t, n).History(ctx, id)
			if err != nil {
				t.Fatal(err)
			}
			if h.Versions.Outcome != trust.Invalid || !strings.Contains(h.Versions.Reason, c.says) {
				t.Errorf("%+v, want invalid with %q", h.Versions, c.says)
			}
		})
	}
}

// whole gives every entry of the record, past the paging.
func whole(t *testing.T, n *node) []*driver.Entry {
	t.Helper()
	var all []*driver.Entry
	for {
		page, err := n.Ledger.Versions(ctx, id, uint64(len(all)), 0)
		if err != nil {
			t.Fatal(err)
		}
		if len(page) == 0 {
			return all
		}
		all = append(all, page...)
	}
}

// pages answers entries in one page, and then none.
func pages(all []*driver.Entry) func(context.Context, string, uint64) ([]*driver.Entry, error) {
	return func(_ context.Context, _ string, after uint64) ([]*driver.Entry, error) {
		if after > 0 {
			return nil, nil
		}
		return all, nil
	}
}

func TestHistoryEndsWithANodeThatPagesForEver(t *testing.T) {
	n := newNode(t)
	n.put(t, id, record(t, nil).Bytes)
	one := whole(t, n)[0]
	calls := 0
	n.page = func(context.Context, string, uint64) ([]*driver.Entry, error) {
		calls++
		return []*driver.Entry{one}, nil
	}
	l := open(t, n)
	h, err := l.History(ctx, id)
	if err != nil || h.Versions.Outcome != trust.Invalid || calls != 2 {
		t.Errorf("the same page again: %+v, %v after %d calls; want invalid after 2", h, err, calls)
	}
	n.page = func(_ context.Context, _ string, after uint64) ([]*driver.Entry, error) {
		page := make([]*driver.Entry, 500)
		for i := range page {
			e := *one
			e.Version = after + uint64(i) + 1
			page[i] = &e
		}
		return page, nil
	}
	if _, err := l.History(ctx, id); driver.CodeOf(err) != driver.TooLarge {
		t.Errorf("version after version: %v, want too-large", err)
	}
}

func TestAnOutageWhileWalkingIsAnErrorAndNoVerdict(t *testing.T) {
	n := newNode(t)
	n.put(t, id, bodies(versions(t, 3))...)
	first := whole(t, n)[:2]
	n.page = func(_ context.Context, _ string, after uint64) ([]*driver.Entry, error) {
		if after > 0 {
			return nil, driver.Errorf(driver.Unavailable, "down")
		}
		return first, nil
	}
	if h, err := open(t, n).History(ctx, id); driver.CodeOf(err) != driver.Unavailable || h != nil {
		t.Errorf("%+v, %v; want unavailable alone", h, err)
	}
}

func TestALinkIsKnownOnceItWasWalked(t *testing.T) {
	n := newNode(t)
	n.put(t, id, bodies(versions(t, 3))...)
	l := open(t, n)
	if got := read(t, l, 1).Link; got.Outcome != trust.Valid {
		t.Errorf("version 1 has link %+v, want valid: it has none", got)
	}
	if got := read(t, l, 3).Link; got.Outcome != trust.Undetermined {
		t.Errorf("version 3 has link %+v before its chain was read, want undetermined", got)
	}
	if _, err := l.History(ctx, id); err != nil {
		t.Fatal(err)
	}
	if got := read(t, l, 3).Link; got.Outcome != trust.Valid {
		t.Errorf("version 3 has link %+v after its chain was read, want valid", got)
	}
	// The same bytes in another block are another entry, whose link nobody has checked.
	n.alter = func(e *driver.Entry) { e.Height++ }
	if got := read(t, l, 3).Link; got.Outcome != trust.Undetermined {
		t.Errorf("in another block: link %+v, want undetermined", got)
	}
}

func TestAPageIsLinkedToWhatWasReadBefore(t *testing.T) {
	n := newNode(t)
	n.put(t, id, bodies(versions(t, 4))...)
	l := open(t, n)
	page := func(after uint64, want ...trust.Outcome) []*adapters.Reading {
		t.Helper()
		readings, err := l.Versions(ctx, id, after, 0)
		if err != nil {
			t.Fatal(err)
		}
		var got []trust.Outcome
		for _, r := range readings {
			got = append(got, r.Link.Outcome)
		}
		if !slices.Equal(got, want) {
			t.Errorf("links after %d: %v, want %v", after, got, want)
		}
		return readings
	}
	page(2, trust.Undetermined, trust.Undetermined) // what leads up to them was never read
	if got := read(t, l, 4).Link.Outcome; got != trust.Undetermined {
		t.Errorf("version 4 has link %s after half its chain was read, want undetermined", got)
	}
	page(0, trust.Valid, trust.Valid)
	page(1, trust.Valid, trust.Valid)
	page(3, trust.Undetermined)
	page(2, trust.Valid, trust.Valid)
	page(3, trust.Valid)
	page(4)
	if _, err := l.Versions(ctx, other, 0, 0); driver.CodeOf(err) != driver.NotFound {
		t.Errorf("%v, want not-found", err)
	}
	if _, err := l.Versions(ctx, "ABC12345676", 0, 0); driver.CodeOf(err) != driver.Invalid {
		t.Errorf("%v, want invalid", err)
	}
}

func TestAPageThatDoesNotBeginWhereItShould(t *testing.T) {
	n := newNode(t)
	n.put(t, id, bodies(versions(t, 4))...)
	honest := whole(t, n)
	l := open(t, n)
	for name, c := range map[string]struct {
		after uint64
		page  []*driver.Entry
		says  string
	}{
		"the first is missing":    {0, honest[1:], "version 1 is missing"},
		"the next is missing":     {1, honest[2:], "version 2 is missing"},
		"one that was given":      {2, honest[1:], "version 2 comes after version 2"},
		"a gap within the page":   {0, []*driver.Entry{honest[0], honest[2]}, "version 2 is missing"},
		"a gap, and what follows": {0, []*driver.Entry{honest[0], honest[2], honest[3]}, "version 2 is missing"},
	} {
		n.page = func(context.Context, string, uint64) ([]*driver.Entry, error) { return c.page, nil }
		readings, err := l.Versions(ctx, id, c.after, 0)
		if err != nil {
			t.Fatal(err)
		}
		last := readings[len(readings)-1].Link
		if last.Outcome != trust.Invalid || !strings.Contains(last.Reason, c.says) {
			t.Errorf("%s: %+v, want invalid with %q", name, last, c.says)
		}
	}
}
