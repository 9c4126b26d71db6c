package ethereum

import (
	"context"
	"errors"

	"github.com/ethereum/go-ethereum/core/types"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/ethereum/inclusion"
	"github.com/ftagateway/ftagateway/adapters/ethereum/nodes"
)

// Prove proves what the chain holds under the entry's key and version, whatever else the entry claims: that the two agree is
// for the verifier to find (package inclusion). Unsupported where a log alone does not show an entry, where the block is of
// a form that is not known here, and where the proof would be too large. Pruned where no endpoint has the block's receipts
// any more: proofs are kept from the first read on for that reason.
func (l *Ledger) Prove(ctx context.Context, e *driver.Entry) (*driver.Proof, error) {
	if !l.binding.Provable() {
		return nil, driver.Errorf(driver.Unsupported, "no log shows an entry of this ledger as a whole: versions are counted, or bodies have a state")
	}
	if err := l.binding.CheckKey(e.Key); err != nil {
		return nil, err
	}
	ctx, x, leave, err := l.enter(ctx)
	if err != nil {
		return nil, err
	}
	defer leave()
	final, err := l.catchUp(ctx, x)
	if err != nil {
		return nil, err
	}
	where, ok, err := version(x, e.Key, e.Version)
	switch {
	case err != nil:
		return nil, err
	case !ok && e.Height > final.Height:
		return nil, driver.Errorf(driver.NotReady, "the entry is above block %d, which is the newest final one", final.Height)
	case !ok:
		return nil, driver.Errorf(driver.NotFound, "no such version under this key up to block %d", final.Height)
	}
	s, err := effectAt(x, where)
	if err != nil {
		return nil, err
	}
	return l.proofOf(ctx, s, final)
}

// proofOf gathers what stands around a log. The endpoints are asked anew which block the chain has there: what they say is
// worth something only to who hears it.
func (l *Ledger) proofOf(ctx context.Context, s *stood, final *nodes.Block) (*driver.Proof, error) {
	block, by, err := l.set.Backed(ctx, s.at.height)
	switch {
	case err != nil:
		return nil, err
	case block == nil || block.Hash != s.Block:
		return nil, driver.Errorf(driver.NotReady, "block %d is not the one that was read before", s.at.height)
	}
	after, err := l.upToCheckpoint(ctx, block, final)
	if err != nil {
		return nil, err
	}
	agreed := inclusion.Agreed(l.index.Load().id.ChainID, block.Hash, by)
	var p *driver.Proof
	err = l.set.WithContent(ctx, block, func(c *nodes.Content) (err error) {
		p, err = inclusion.New((*inclusion.Block)(c), c.Place(s.Tx), after, agreed)
		return unproven(err)
	})
	return p, err
}

// unproven classifies why there is no proof: a block that does not hash to what its header says was not told as it is.
func unproven(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, inclusion.ErrTooLarge):
		return driver.Errorf(driver.Unsupported, "%w", err)
	}
	return driver.Errorf(driver.Corrupt, "%w", err)
}

// upToCheckpoint gives the headers between a block and the next one that anchors pin, as the ledger section says; none where
// there is no such block yet.
func (l *Ledger) upToCheckpoint(ctx context.Context, block, final *nodes.Block) ([]*types.Header, error) {
	next := uint64(0)
	for _, h := range l.binding.Section.Checkpoints {
		if h >= block.Height && h <= final.Height && h-block.Height <= inclusion.MaxAfter && (next == 0 || h < next) {
			next = h
		}
	}
	if next <= block.Height {
		return nil, nil
	}
	return l.set.Headers(ctx, block, next)
}
