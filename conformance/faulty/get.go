package faulty

import (
	"context"
	"errors"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

var getFaults = []Fault{{
	Name: "empty-entry-for-absent", Breaks: "Answers an entry without content for a key that is not there.",
	Caught: "read/absent-is-not-found",
	bend:   emptyEntryForAbsent,
}, {
	Name: "error-without-code", Breaks: "Fails with a text, from which nobody can tell absence from an outage.",
	Caught: "read/absent-is-not-found",
	bend:   errorWithoutCode,
}, {
	Name: "newest-for-absent-version", Breaks: "Answers the newest version in place of one that is not there.",
	Caught: "read/absent-version-is-not-found",
	bend:   newestForAbsentVersion,
}, {
	Name: "empty-key-is-absent", Breaks: "Takes the empty key for one that is not there.",
	Caught: "read/empty-key-is-invalid",
	bend:   emptyKeyIsAbsent,
}, {
	Name: "oldest-as-newest", Breaks: "Answers version 1 when asked for the newest.",
	Caught: "read/newest-by-default",
	bend: func(b *bent) {
		b.get = func(ctx context.Context, ref driver.Ref) (*driver.Entry, error) {
			ref.Version = max(ref.Version, 1)
			return b.Ledger.Get(ctx, ref)
		}
	},
}, {
	Name: "newest-body-for-every-version", Breaks: "Keeps one body a key, and gives it to every version.",
	Caught: "read/every-version",
	bend:   newestBodyForEveryVersion,
}, {
	Name: "pin-ignored", Breaks: "Answers from wherever it stands, whichever block the answer must have seen.",
	Caught: "read/pinned-to-a-block",
	bend: func(b *bent) {
		b.get = func(ctx context.Context, ref driver.Ref) (*driver.Entry, error) {
			ref.AtLeast = 0
			return b.Ledger.Get(ctx, ref)
		}
	},
}, {
	Name: "pin-taken-for-absence", Breaks: "Says that there is nothing where it has not come so far yet.",
	Caught: "read/pinned-to-a-block",
	bend: func(b *bent) {
		b.get = func(ctx context.Context, ref driver.Ref) (*driver.Entry, error) {
			e, err := b.Ledger.Get(ctx, ref)
			if ref.AtLeast > 0 && driver.CodeOf(err) == driver.NotReady {
				err = driver.Errorf(driver.NotFound, "nothing here")
			}
			return e, err
		}
	},
}, {
	Name: "no-transaction", Breaks: "Does not say which transaction brought an entry.",
	Caught: "read/position-is-complete",
	bend:   func(b *bent) { b.got(func(e *driver.Entry) { e.Tx = "" }) },
}, {
	Name: "local-time", Breaks: "Tells the chain's time in the zone of the host.",
	Caught: "read/position-is-complete",
	bend:   func(b *bent) { b.got(func(e *driver.Entry) { e.Time = e.Time.In(newYork) }) },
}, {
	Name: "entry-without-cursor", Breaks: "Gives entries the empty cursor, which is genesis.",
	Caught: "read/position-is-complete",
	bend:   func(b *bent) { b.got(func(e *driver.Entry) { e.Cursor = "" }) },
}, {
	Name: "wrong-author", Breaks: "Names the node as the author of whatever it hands over.",
	Caught: "read/author-is-the-writer",
	bend: func(b *bent) {
		b.got(func(e *driver.Entry) { e.Author = driver.Author{Kind: "did", ID: "did:web:node.example"} })
	},
}, {
	Name: "not-final-told-as-final", Breaks: "Answers the newest block's entries as final.",
	Caught: "read/final-and-latest",
	bend:   notFinalToldAsFinal,
}, {
	Name: "context-ignored", Breaks: "Answers whoever has gone away already.",
	Caught: "read/ended-context",
	bend: func(b *bent) {
		b.get = func(ctx context.Context, ref driver.Ref) (*driver.Entry, error) {
			return b.Ledger.Get(context.WithoutCancel(ctx), ref)
		}
	},
}, {
	Name: "bare-context-error", Breaks: "Fails without a code where its caller went away.",
	Caught: "read/ended-context",
	bend: func(b *bent) {
		b.head = func(ctx context.Context) (driver.Head, error) {
			if ctx.Err() != nil {
				return driver.Head{}, ctx.Err()
			}
			return b.Ledger.Head(ctx)
		}
	},
}}

// newYork is the zone of a host that is not set to UTC.
var newYork = time.FixedZone("EST", -5*60*60)

func emptyEntryForAbsent(b *bent) {
	b.get = func(ctx context.Context, ref driver.Ref) (*driver.Entry, error) {
		e, err := b.Ledger.Get(ctx, ref)
		if driver.CodeOf(err) == driver.NotFound {
			return &driver.Entry{Key: ref.Key}, nil
		}
		return e, err
	}
}

func errorWithoutCode(b *bent) {
	b.get = func(ctx context.Context, ref driver.Ref) (*driver.Entry, error) {
		e, err := b.Ledger.Get(ctx, ref)
		if err != nil {
			return nil, errors.New(err.Error())
		}
		return e, nil
	}
}

func newestForAbsentVersion(b *bent) {
	b.get = func(ctx context.Context, ref driver.Ref) (*driver.Entry, error) {
		e, err := b.Ledger.Get(ctx, ref)
		if driver.CodeOf(err) == driver.NotFound && ref.Version > 1 {
			return b.Ledger.Get(ctx, driver.Ref{Key: ref.Key, Finality: ref.Finality})
		}
		return e, err
	}
}

func emptyKeyIsAbsent(b *bent) {
	b.get = func(ctx context.Context, ref driver.Ref) (*driver.Entry, error) {
		if ref.Key == "" {
			return nil, driver.Errorf(driver.NotFound, "no such key")
		}
		return b.Ledger.Get(ctx, ref)
	}
}

func newestBodyForEveryVersion(b *bent) {
	b.get = func(ctx context.Context, ref driver.Ref) (*driver.Entry, error) {
		e, err := b.Ledger.Get(ctx, ref)
		newest, failed := b.Ledger.Get(ctx, driver.Ref{Key: ref.Key, Finality: ref.Finality})
		if err == nil && failed == nil {
			e.Body = newest.Body
		}
		return e, err
	}
}

func notFinalToldAsFinal(b *bent) {
	b.get = func(ctx context.Context, ref driver.Ref) (*driver.Entry, error) {
		ref.Finality = driver.Latest
		e, err := b.Ledger.Get(ctx, ref)
		if err == nil {
			e.Final = true
		}
		return e, err
	}
}
