package webledger

import (
	"context"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// Head answers where the node says that the ledger stands, after holding it against what is in the index. Every block
// that a node shows is final.
func (l *Ledger) Head(ctx context.Context) (driver.Head, error) {
	ctx, x, leave, err := l.enter(ctx)
	if err != nil {
		return driver.Head{}, err
	}
	defer leave()
	_, at, err := l.stands(ctx, x)
	if err != nil {
		return driver.Head{}, err
	}
	return driver.Head{
		ChainID: x.chain.id(),
		Newest:  at.latest,
		Final:   at.latest,
		Cursor:  x.cursor(endOf(at.latest.Height)),
	}, nil
}

// stands asks the node where its ledger stands, and makes sure that it is the one that the index is of.
func (l *Ledger) stands(ctx context.Context, x *index) (*node, *standing, error) {
	n, err := l.connect(ctx)
	if err != nil {
		return nil, nil, err
	}
	// What is known comes first: the ledger may go on before the node is asked, but not back.
	t, err := x.tip()
	if err != nil {
		return nil, nil, err
	}
	at, err := l.ask(ctx, n)
	if err != nil {
		return nil, nil, err
	}
	return n, at, l.sameChain(n, x, t, at)
}
