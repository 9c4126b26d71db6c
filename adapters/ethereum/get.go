package ethereum

import (
	"context"
	"fmt"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/ethereum/binding"
	"github.com/ftagateway/ftagateway/adapters/ethereum/nodes"
)

// Head answers where the chain says that it stands, after the index has followed it.
func (l *Ledger) Head(ctx context.Context) (driver.Head, error) {
	ctx, x, leave, err := l.enter(ctx)
	if err != nil {
		return driver.Head{}, err
	}
	defer leave()
	at, err := l.catchUp(ctx, x)
	if err != nil {
		return driver.Head{}, err
	}
	head, err := l.newestBlock(ctx)
	if err != nil {
		return driver.Head{}, err
	}
	if head.Height < at.Height {
		head = at // another endpoint than the one that told of the final block
	}
	return driver.Head{ChainID: x.chainID(), Newest: blockOf(head), Final: blockOf(at), Cursor: x.cursor(endOf(at.Height), at.Hash)}, nil
}

// Get asks the chain what is final, follows it so far, and answers from the index.
func (l *Ledger) Get(ctx context.Context, ref driver.Ref) (*driver.Entry, error) {
	if err := l.binding.CheckKey(ref.Key); err != nil {
		return nil, err
	}
	ctx, x, leave, err := l.enter(ctx)
	if err != nil {
		return nil, err
	}
	defer leave()
	if ref.Finality == driver.Latest {
		return l.latest(ctx, x, ref)
	}
	if ref.Version > 0 {
		return l.older(ctx, x, ref)
	}
	return l.mended(ctx, x, ref)
}

// older answers a version by its number. One that is in the index needs no question but whether the chain still is the
// same.
func (l *Ledger) older(ctx context.Context, x *index, ref driver.Ref) (*driver.Entry, error) {
	at, err := l.catchUpTo(ctx, x, ref)
	if err != nil {
		return nil, err
	}
	where, ok, err := version(x, ref.Key, ref.Version)
	switch {
	case err != nil:
		return nil, err
	case !ok:
		return nil, driver.Errorf(driver.NotFound, "no version %d under this key up to block %d", ref.Version, at.Height)
	}
	return l.give(ctx, x, where)
}

// catchUpTo is catchUp where the answer must have seen a block: one of several endpoints may lag behind it.
func (l *Ledger) catchUpTo(ctx context.Context, x *index, ref driver.Ref) (*nodes.Block, error) {
	at, err := l.catchUp(ctx, x)
	if err != nil {
		return nil, err
	}
	return at, ref.Pinned(at.Height)
}

// asksNewest is how often the contract is asked before what it says is held against the logs: the chain may go on between
// two questions.
const asksNewest = 3

// newestOnce answers the newest final version. What the contract itself says is held against what the logs brought: a node
// that leaves logs out would else make an old version pass for the newest.
func (l *Ledger) newestOnce(ctx context.Context, x *index, ref driver.Ref) (*driver.Entry, error) {
	key := ref.Key
	for try := 1; ; try++ {
		at, err := l.catchUpTo(ctx, x, ref)
		if err != nil {
			return nil, err
		}
		stands, where, err := newest(x, key)
		if err != nil {
			return nil, err
		}
		said, err := l.said(ctx, key, at, stands)
		switch {
		case err != nil:
			return nil, err
		case said.Version == stands:
			return l.settled(ctx, x, where, said, at)
		case try == asksNewest:
			return l.contradicted(ctx, x, key, where, stands, said.Version)
		}
	}
}

func (l *Ledger) settled(ctx context.Context, x *index, where place, said binding.Standing, at *nodes.Block) (*driver.Entry, error) {
	if said.Version == 0 {
		return nil, driver.Errorf(driver.NotFound, "nothing under this key up to block %d", at.Height)
	}
	e, err := l.give(ctx, x, where)
	if err == nil && !e.Deleted && !said.Fits(e.Body) {
		e.Contradiction = "the contract has another digest for this version than the log's body"
	}
	return e, err
}

// said asks the contract at which version a key stands in a block. Where it cannot be asked, as it has no such function or
// the node no longer has that state, the logs alone must tell.
func (l *Ledger) said(ctx context.Context, key string, at *nodes.Block, logs uint64) (binding.Standing, error) {
	data, ok, err := l.binding.CallNewest(key)
	if !ok || err != nil {
		return binding.Standing{Version: logs}, err
	}
	answer, err := l.call(ctx, data, at.Hash)
	switch {
	case driver.CodeOf(err) == driver.Pruned:
		return binding.Standing{Version: logs}, nil
	case err != nil:
		return binding.Standing{}, err
	case len(answer) == 0:
		if err := l.hadCode(ctx, at); err != nil {
			return binding.Standing{}, err
		}
	}
	return l.binding.Newest(answer)
}

// contradicted hands over what the logs brought, with what the contract says against it. Where they brought nothing there
// is nothing to hand over, and it is not "not found".
func (l *Ledger) contradicted(ctx context.Context, x *index, key string, where place, stands, said uint64) (*driver.Entry, error) {
	what := fmt.Sprintf("the contract stands at version %d, and the logs bring no more than version %d", said, stands)
	if said < stands {
		what = fmt.Sprintf("the contract stands at version %d, and the logs bring version %d", said, stands)
	}
	if stands == 0 {
		return nil, driver.Errorf(driver.Corrupt, "%w: %s", &gap{key}, what)
	}
	e, err := l.give(ctx, x, where)
	if err != nil {
		return nil, err
	}
	e.Contradiction = what
	return e, nil
}

// give answers the version at a place of the index.
func (l *Ledger) give(ctx context.Context, x *index, where place) (*driver.Entry, error) {
	s, err := effectAt(x, where)
	if err != nil {
		return nil, err
	}
	return l.whole(ctx, x, s, true)
}

// whole completes a body that waits for a state: an endpoint that has it may be there by now.
func (l *Ledger) whole(ctx context.Context, x *index, s *stood, final bool) (*driver.Entry, error) {
	if s.Waits == nil {
		return x.entry(s, final), nil
	}
	if err := l.complete(ctx, s.Waits, s.Block); err != nil {
		return nil, err
	}
	s.body = s.Waits.Body
	return x.entry(s, final), nil
}
