package adapters

import (
	"context"
	"errors"

	"github.com/google/uuid"

	"github.com/ftagateway/ftagateway/adapters/cache"
	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/schemas"
	"github.com/ftagateway/ftagateway/translate"
	"github.com/ftagateway/ftagateway/trust"
)

// Read answers a version of a record, 0 for the newest, with its checks; inclusion is proven where the chain offers
// that and anchors are configured. A body that cannot be read is a Reading whose schema is invalid. An error says that
// there is no answer: Invalid for what is no id, NotFound where the ledger proved that it is absent or no key of it can
// have that id, Unsupported where the id is that of a foreign key which was never read here.
func (l *Ledger) Read(ctx context.Context, id string, version uint64) (*Reading, error) {
	return call(ctx, l, "Read", 0, func(ctx context.Context) (*Reading, error) {
		r, err := l.readOne(ctx, id, version)
		if err != nil || !r.doubtful() {
			return r, err
		}
		l.cached.Forget(ctx, r.Entry.Key)
		return l.readOne(Asking(ctx), id, version)
	})
}

func (l *Ledger) readOne(ctx context.Context, id string, version uint64) (*Reading, error) {
	e, err := l.get(ctx, id, version)
	if err != nil {
		return nil, err
	}
	r, err := l.read(e, asked{id, version})
	if err != nil {
		return nil, err
	}
	r.Checks = append(r.Checks, l.inclusion(ctx, r, !cache.TermsOf(ctx).OnlyIfCached))
	return r, nil
}

func (l *Ledger) get(ctx context.Context, id string, version uint64) (*driver.Entry, error) {
	key, err := l.key(id)
	if err != nil {
		return nil, err
	}
	e, err := l.chain.Get(ctx, driver.Ref{Key: key, Version: version, Finality: l.finality(ctx)})
	if err == nil && e == nil {
		return nil, driver.Errorf(driver.Corrupt, "the driver answered neither an entry nor an error")
	}
	return e, err
}

// key gives the ledger's key for an id. An id that no key of this ledger can have is absent. One that may stand for a key
// which was never read here cannot be asked for.
func (l *Ledger) key(id string) (string, error) {
	key, err := l.config.Mapping.Key(id)
	var faults schemas.Faults
	switch {
	case err == nil:
		return key, nil
	case errors.Is(err, translate.ErrUnknownID):
		return "", driver.Errorf(driver.Unsupported, "the key behind this id was never read here: %w", err)
	case !errors.As(err, &faults):
		return "", &driver.Error{Code: driver.Unknown, Err: err}
	}
	if u, malformed := uuid.Parse(id); malformed == nil && u.URN() == id {
		return "", driver.Errorf(driver.NotFound, "no key of this ledger has such an id: %w", err)
	}
	return "", &driver.Error{Code: driver.Invalid, Err: err}
}

// readAll turns a page of entries into Readings, each with what is known of its inclusion. No proof is asked for.
func (l *Ledger) readAll(ctx context.Context, entries []*driver.Entry, id string) ([]*Reading, error) {
	readings := make([]*Reading, len(entries))
	for i, e := range entries {
		r, err := l.read(e, asked{id: id})
		if err != nil {
			return nil, err
		}
		r.Checks = append(r.Checks, l.inclusion(ctx, r, false))
		readings[i] = r
	}
	return readings, nil
}

// Versions answers a page of a record's versions above after, oldest first, at most limit; a limit below 1 means the
// ledger's own. An empty page is the end. Inclusion is not asked for. The chain of versions is checked within the page,
// and what went before it counts as far as it was read earlier.
func (l *Ledger) Versions(ctx context.Context, id string, after uint64, limit int) ([]*Reading, error) {
	return call(ctx, l, "Versions", 0, func(ctx context.Context) ([]*Reading, error) {
		key, err := l.key(id)
		if err != nil {
			return nil, err
		}
		readings, err := l.versions(ctx, id, key, after, limit)
		if err != nil {
			return nil, err
		}
		l.linkPage(after, readings)
		return readings, nil
	})
}

func (l *Ledger) versions(ctx context.Context, id, key string, after uint64, limit int) ([]*Reading, error) {
	entries, err := l.chain.Versions(ctx, key, after, limit)
	if err != nil {
		return nil, err
	}
	return l.readAll(ctx, entries, id)
}

// Prove answers a version of a record with the chain's own proof of it, for a caller who checks it by itself.
// Unsupported where the chain offers none.
func (l *Ledger) Prove(ctx context.Context, id string, version uint64) (*driver.Entry, *driver.Proof, error) {
	type proven struct {
		entry *driver.Entry
		proof *driver.Proof
	}
	p, err := call(ctx, l, "Prove", 0, func(ctx context.Context) (p proven, err error) {
		if p.entry, err = l.get(Asking(ctx), id, version); err != nil {
			return p, err
		}
		p.proof, err = l.chain.Prove(ctx, p.entry)
		return p, err
	})
	return p.entry, p.proof, err
}

// Head answers where the chain stands now.
func (l *Ledger) Head(ctx context.Context) (driver.Head, error) {
	return call(ctx, l, "Head", 0, l.chain.Head)
}

// AsOf says which state of the ledger a Reading speaks of at least: that up to which the ledger had been followed, where
// it was not asked, and else that of the entry's own block.
func (r *Reading) AsOf() trust.AsOf { return asOf(r.Ledger, r.Entry, r.Entry.Seen) }

func asOf(uri string, e *driver.Entry, seen *driver.Seen) trust.AsOf {
	if seen != nil && seen.Block.Height > e.Height {
		return trust.AsOf{Ledger: uri, Height: seen.Block.Height, ChainTime: seen.Block.Time, Final: true}
	}
	return trust.AsOf{Ledger: uri, Height: e.Height, ChainTime: e.Time, Final: e.Final}
}
