package faulty

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

var findFaults = []Fault{{
	Name: "find-forgets", Breaks: "Leaves out the key that was found last.",
	Caught: "read/find-leads-to-every-key",
	bend: func(b *bent) {
		b.found(func(keys []string) []string { return keys[:max(len(keys), 1)-1] })
	},
}, {
	Name: "find-repeats-versions", Breaks: "Finds a key once for each of its versions.",
	Caught: "read/find-leads-to-every-key",
	bend:   findRepeatsVersions,
}, {
	Name: "nothing-found-is-not-found", Breaks: "Fails as not-found where a lookup leads to nothing.",
	Caught: "read/find-nothing-is-an-empty-page",
	bend: func(b *bent) {
		b.find = func(ctx context.Context, l driver.Lookup, page string, limit int) ([]string, string, error) {
			keys, next, err := b.Ledger.Find(ctx, l, page, limit)
			if err == nil && len(keys) == 0 {
				err = driver.Errorf(driver.NotFound, "nothing was found")
			}
			return keys, next, err
		}
	},
}, {
	Name: "find-repeats-across-pages", Breaks: "Begins a page with the key that ended the one before.",
	Caught: "read/find-in-pages",
	bend:   findRepeatsAcrossPages,
}, {
	Name: "find-without-limit", Breaks: "Finds everything on one page however little was asked for.",
	Caught: "read/find-in-pages",
	bend: func(b *bent) {
		b.find = func(ctx context.Context, l driver.Lookup, page string, _ int) ([]string, string, error) {
			return b.Ledger.Find(ctx, l, page, 0)
		}
	},
}, {
	Name: "find-newest-first", Breaks: "Lists what was found last first, so that every page moves when the ledger grows.",
	Caught: "read/find-stays-while-the-ledger-grows",
	bend:   findNewestFirst,
}}

// found changes what Find answers on its last page.
func (b *bent) found(change func(keys []string) []string) {
	b.find = func(ctx context.Context, l driver.Lookup, page string, limit int) ([]string, string, error) {
		keys, next, err := b.Ledger.Find(ctx, l, page, limit)
		if err == nil && next == "" {
			keys = change(keys)
		}
		return keys, next, err
	}
}

func findRepeatsVersions(b *bent) {
	b.find = func(ctx context.Context, l driver.Lookup, page string, limit int) ([]string, string, error) {
		keys, next, err := b.Ledger.Find(ctx, l, page, limit)
		var out []string
		for _, key := range keys {
			for range b.stands(ctx, key) {
				out = append(out, key)
			}
		}
		return out, next, err
	}
}

// findRepeatsAcrossPages keeps the last key of a page in the name of the next one.
func findRepeatsAcrossPages(b *bent) {
	b.find = func(ctx context.Context, l driver.Lookup, page string, limit int) ([]string, string, error) {
		page, last, _ := strings.Cut(page, "|")
		keys, next, err := b.Ledger.Find(ctx, l, page, limit)
		if next != "" {
			next += "|" + keys[len(keys)-1]
		}
		if last != "" {
			keys = append([]string{last}, keys[:max(len(keys), 1)-1]...)
		}
		return keys, next, err
	}
}

func findNewestFirst(b *bent) {
	b.find = func(ctx context.Context, l driver.Lookup, page string, limit int) ([]string, string, error) {
		all, err := b.findAll(ctx, l)
		slices.Reverse(all)
		from, _ := strconv.Atoi(page)
		to := len(all)
		if limit > 0 {
			to = min(from+limit, len(all))
		}
		if to == len(all) {
			return all[from:], "", err
		}
		return all[from:to], strconv.Itoa(to), err
	}
}

func (b *bent) findAll(ctx context.Context, l driver.Lookup) (all []string, err error) {
	for page := ""; ; {
		keys, next, err := b.Ledger.Find(ctx, l, page, 0)
		all = append(all, keys...)
		if err != nil || next == "" {
			return all, err
		}
		page = next
	}
}
