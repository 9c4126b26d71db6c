package node

import (
	"context"

	abci "github.com/cometbft/cometbft/abci/types"

	"github.com/ftagateway/ftagateway/adapters/webledger/protocol"
)

// PrepareProposal proposes what is in the mempool and could be taken now, within the bounds of a block.
func (a *app) PrepareProposal(_ context.Context, req *abci.RequestPrepareProposal) (*abci.ResponsePrepareProposal, error) {
	var txs [][]byte
	var bytes int64
	for _, tx := range req.Txs {
		_, o, err := a.check(tx)
		if err != nil {
			return nil, err
		}
		if o.code != codeTaken {
			continue
		}
		if bytes += int64(len(tx)); bytes > req.MaxTxBytes || len(txs) == protocol.MaxEventOperations {
			break
		}
		txs = append(txs, tx)
	}
	return &abci.ResponsePrepareProposal{Txs: txs}, nil
}

// ProcessProposal turns down a block with anything in it that no honest node would have proposed.
func (a *app) ProcessProposal(_ context.Context, req *abci.RequestProcessProposal) (*abci.ResponseProcessProposal, error) {
	reject := &abci.ResponseProcessProposal{Status: abci.ResponseProcessProposal_REJECT}
	if len(req.Txs) > protocol.MaxEventOperations {
		return reject, nil
	}
	for _, tx := range req.Txs {
		_, o, err := a.check(tx)
		if err != nil {
			return nil, err
		}
		if o.code != codeTaken {
			return reject, nil
		}
	}
	return &abci.ResponseProcessProposal{Status: abci.ResponseProcessProposal_ACCEPT}, nil
}
