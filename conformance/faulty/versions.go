package faulty

import (
	"context"
	"slices"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

var versionsFaults = []Fault{{
	Name: "newest-first", Breaks: "Lists versions from the newest down.",
	Caught: "read/versions-oldest-first",
	bend: func(b *bent) {
		b.listed(func(page []*driver.Entry) []*driver.Entry {
			slices.Reverse(page)
			return page
		})
	},
}, {
	Name: "gap-in-versions", Breaks: "Leaves version 2 out.",
	Caught: "read/versions-oldest-first",
	bend: func(b *bent) {
		b.listed(func(page []*driver.Entry) []*driver.Entry {
			return slices.DeleteFunc(page, func(e *driver.Entry) bool { return e.Version == 2 })
		})
	},
}, {
	Name: "versions-without-author", Breaks: "Tells the author of an entry, but not in a list.",
	Caught: "read/versions-agree-with-get",
	bend: func(b *bent) {
		b.listed(func(page []*driver.Entry) []*driver.Entry {
			for _, e := range page {
				e.Author = driver.Author{}
			}
			return page
		})
	},
}, {
	Name: "versions-in-local-time", Breaks: "Tells times in UTC, but in a list in the zone of the host.",
	Caught: "read/versions-agree-with-get",
	bend: func(b *bent) {
		b.listed(func(page []*driver.Entry) []*driver.Entry {
			for _, e := range page {
				e.Time = e.Time.In(newYork)
			}
			return page
		})
	},
}, {
	Name: "page-repeats-its-start", Breaks: "Begins a page with the version that it should come after.",
	Caught: "read/versions-in-pages",
	bend: func(b *bent) {
		b.versions = func(ctx context.Context, key string, after uint64, limit int) ([]*driver.Entry, error) {
			return b.Ledger.Versions(ctx, key, max(after, 1)-1, limit)
		}
	},
}, {
	Name: "page-without-limit", Breaks: "Answers all versions however few were asked for.",
	Caught: "read/versions-in-pages",
	bend: func(b *bent) {
		b.versions = func(ctx context.Context, key string, after uint64, _ int) ([]*driver.Entry, error) {
			return b.Ledger.Versions(ctx, key, after, 0)
		}
	},
}, {
	Name: "page-edge-lost", Breaks: "Loses the version that stands between two pages.",
	Caught: "read/versions-in-pages",
	bend:   pageEdgeLost,
}, {
	Name: "not-found-at-the-end", Breaks: "Calls a key not found when its versions have come to an end.",
	Caught: "read/versions-end-empty",
	bend: func(b *bent) {
		b.versions = func(ctx context.Context, key string, after uint64, limit int) ([]*driver.Entry, error) {
			page, err := b.Ledger.Versions(ctx, key, after, limit)
			if err == nil && len(page) == 0 {
				err = driver.Errorf(driver.NotFound, "no more versions")
			}
			return page, err
		}
	},
}, {
	Name: "empty-history-for-absent", Breaks: "Answers an empty history for a key that was never written.",
	Caught: "read/versions-of-absent-is-not-found",
	bend: func(b *bent) {
		b.versions = func(ctx context.Context, key string, after uint64, limit int) ([]*driver.Entry, error) {
			page, err := b.Ledger.Versions(ctx, key, after, limit)
			if driver.CodeOf(err) == driver.NotFound {
				return nil, nil
			}
			return page, err
		}
	},
}}

func pageEdgeLost(b *bent) {
	b.versions = func(ctx context.Context, key string, after uint64, limit int) ([]*driver.Entry, error) {
		if after > 0 && limit > 0 {
			after++
		}
		return b.Ledger.Versions(ctx, key, after, limit)
	}
}
