package gateway

import (
	"context"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/model/lookup"
	"github.com/ftagateway/ftagateway/schemas"
	"github.com/ftagateway/ftagateway/translate"
	"github.com/ftagateway/ftagateway/trust"
)

// Find answers which entries have a number, on whichever ledgers. Ledgers of records are asked for keyed commitments to it,
// one a year of the retention period, and never for the number. A ledger without records of ours is asked by the number
// itself where its mapping says how, which the mapping may only for a ledger whose readers are known. Nothing found is a
// Problem: NotFound if every ledger could be asked, else NotFoundSoFar.
func (g *Gateway) Find(ctx context.Context, entryNumber string) (*Found, error) {
	number, err := model.NormalizeEntryNumber(entryNumber)
	if err != nil {
		return nil, wrongNumber(err)
	}
	keys, unknown := g.lookupKeys(number[:3])
	if unknown != nil && !slices.ContainsFunc(g.Members, Member.FindsEntries) {
		return nil, unknown
	}
	ctx, end := g.whole(ctx)
	defer end()
	answers := everywhere(ctx, g.Members, func(ctx context.Context, m Member) ([]string, error) {
		return findByNumber(ctx, m, keys, number)
	})
	found := &Found{Entries: []string{}}
	for _, a := range answers {
		found.Entries = append(found.Entries, a.value...)
		found.Sources = append(found.Sources, source(a.Member, len(a.value) > 0, g.head(a.Member), a.err))
	}
	slices.Sort(found.Entries)
	found.Entries = slices.Compact(found.Entries)
	switch {
	case len(found.Entries) > 0:
		return found, nil
	case unknown != nil: // ledgers of records were not asked, and may hold it
		return nil, unknown
	}
	return nil, nothing(found.Sources)
}

// wrongNumber says what is wrong with an entry number, without the number: answers are logged in many places.
func wrongNumber(err error) *Problem {
	_, rule, _ := strings.Cut(err.Error(), ": ")
	return badInput(schemas.Faults{schemas.NewFault("/entryNumber", nil, rule, "")})
}

// lookupKeys derives what CBP shares with a filer, newest year first.
func (g *Gateway) lookupKeys(filerCode string) ([]lookup.Key, error) {
	if g.Lookup == nil {
		return nil, &Problem{Code: NotConfigured, Detail: "no lookup key is configured here: entries cannot be found by number"}
	}
	filer, ok := g.Participants.ByFilerCode(filerCode)
	if !ok {
		return nil, badInput(schemas.Faults{schemas.NewFault("/entryNumber", nil,
			"must begin with the filer code of a known participant", "19 CFR 142.3a")})
	}
	var keys []lookup.Key
	for _, epoch := range lookup.Epochs(g.Now(), g.Retention) {
		for _, public := range filer.LookupKeys() {
			k, err := lookup.Derive(g.Lookup, public, filerCode, epoch)
			if err != nil {
				return nil, &Problem{Code: NotConfigured, Detail: "the filer's lookup key cannot be used", Err: err}
			}
			keys = append(keys, k)
		}
	}
	return keys, nil
}

// findByNumber asks a ledger in the way that it can be asked. One whose shape gives documents of another type holds no
// entry summary, and need not be asked.
func findByNumber(ctx context.Context, m Member, keys []lookup.Key, number string) ([]string, error) {
	switch {
	case m.Derives() && m.Gives() != model.TypeEntrySummary:
		return nil, nil
	case m.Derives():
		return allPages(func(page string) ([]string, string, error) { return m.FindEntry(ctx, number, page, 0) })
	case len(keys) == 0:
		return nil, driver.Errorf(driver.Unsupported, "no lookup key is known here for the filer")
	}
	return findCommitted(ctx, m, keys, number)
}

// findCommitted asks a ledger for all commitments side by side: one after another, they would take the time of as many
// calls as there are years.
func findCommitted(ctx context.Context, m Member, keys []lookup.Key, number string) ([]string, error) {
	uri, err := m.URI(ctx)
	if err != nil {
		return nil, err
	}
	commitments, err := commit(keys, uri, number)
	if err != nil {
		return nil, err
	}
	found := make([][]string, len(commitments))
	asking, ctx := errgroup.WithContext(ctx)
	for i, c := range commitments {
		asking.Go(func() (err error) {
			found[i], err = findAll(ctx, m, driver.Lookup{Name: translate.Commitment, Value: c})
			return err
		})
	}
	err = asking.Wait()
	return slices.Concat(found...), err
}

func commit(keys []lookup.Key, uri, number string) ([]string, error) {
	all := make([]string, len(keys))
	for i, k := range keys {
		var err error
		if all[i], err = k.Entry(uri, number); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// maxFound bounds what one lookup may lead to: a ledger that answers without end is not believed to.
const maxFound = 2000

// findAll lists all that a lookup leads to.
func findAll(ctx context.Context, m Member, l driver.Lookup) ([]string, error) {
	return allPages(func(page string) ([]string, string, error) { return m.Find(ctx, l, page, 0) })
}

// allPages pages to the end.
func allPages(ask func(page string) (ids []string, next string, err error)) ([]string, error) {
	var all []string
	page := ""
	for {
		ids, next, err := ask(page)
		if err != nil {
			return nil, err
		}
		all = append(all, ids...)
		if next == "" {
			return all, nil
		}
		if next == page || len(all) > maxFound {
			return nil, driver.Errorf(driver.Corrupt, "the ledger pages without end")
		}
		page = next
	}
}

// head is the newest state of a ledger that is known without asking.
func (g *Gateway) head(m Member) *trust.AsOf { return g.heads.of(m.Slug(), g.Now()) }
