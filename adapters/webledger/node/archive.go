package node

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"time"

	abci "github.com/cometbft/cometbft/abci/types"
	"golang.org/x/sync/errgroup"

	"github.com/ftagateway/ftagateway/adapters/webledger/protocol"
)

// OpenArchive serves a ledger as it stands in a folder: a copy that was kept, or what Fill made. No consensus runs, nothing
// is taken, and nobody else may have the folder. The caller closes the Node.
func OpenArchive(cfg Config) (*Node, error) {
	n, err := openStill(cfg)
	if err != nil {
		return nil, err
	}
	if n.app, err = newApp(n.store, n.cfg.Log); err == nil && n.app.latest == nil {
		err = fmt.Errorf("node home %s: holds no ledger yet", cfg.Home)
	}
	if err != nil {
		return nil, errors.Join(err, n.store.close())
	}
	n.mux = n.routes()
	return n, nil
}

// Fill makes a new ledger of many records in minutes, for OpenArchive: to measure how a ledger reads that is as large as
// one of many years. It puts the operations that make gives, called with 0 to count-1 by several at once, into blocks as
// large as there may be, and skips consensus and the check of their signatures. The folder must be empty.
func Fill(ctx context.Context, cfg Config, count int, make func(number int, creator string) (*protocol.Operation, error)) error {
	n, err := openStill(cfg)
	if err != nil {
		return err
	}
	f := &filling{Node: n, count: count, make: make}
	return errors.Join(f.run(ctx), n.store.close())
}

// filling is one Fill.
type filling struct {
	*Node
	count int
	make  func(int, string) (*protocol.Operation, error)
}

// run signs the operations of the next block beside the making of this one.
func (f *filling) run(ctx context.Context) (err error) {
	if err := f.begin(ctx); err != nil {
		return err
	}
	blocks := make(chan [][]byte, 1)
	both, ctx := errgroup.WithContext(ctx)
	both.Go(func() error {
		defer close(blocks)
		return f.sign(ctx, blocks)
	})
	both.Go(func() error {
		for height := int64(1); ; height++ {
			txs, more := <-blocks
			if !more {
				return nil
			}
			if err := f.block(ctx, height, txs); err != nil {
				return err
			}
		}
	})
	return both.Wait()
}

func (f *filling) begin(ctx context.Context) (err error) {
	if f.app, err = newApp(f.store, f.cfg.Log); err != nil {
		return err
	}
	if f.app.latest != nil {
		return fmt.Errorf("node home %s: holds a ledger already", f.cfg.Home)
	}
	_, err = f.app.InitChain(ctx, &abci.RequestInitChain{AppStateBytes: f.home.genesis.AppState, Time: f.home.genesis.GenesisTime})
	return err
}

func (f *filling) sign(ctx context.Context, blocks chan<- [][]byte) error {
	for at := 0; at < f.count; at += protocol.MaxEventOperations {
		txs := make([][]byte, min(protocol.MaxEventOperations, f.count-at))
		var signers errgroup.Group
		signers.SetLimit(runtime.GOMAXPROCS(0))
		for i := range txs {
			signers.Go(func() (err error) {
				txs[i], err = f.message(at + i)
				return err
			})
		}
		if err := signers.Wait(); err != nil {
			return err
		}
		select {
		case blocks <- txs:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}

// message makes an operation known as one that was permitted, so that it is not parsed and checked again.
func (f *filling) message(number int) ([]byte, error) {
	op, err := f.make(number, f.TargetNode())
	if err != nil {
		return nil, err
	}
	m := operationMessage(op)
	m.permitted.Store(1)
	f.app.messages.put(m)
	return m.tx, nil
}

func (f *filling) block(ctx context.Context, height int64, txs [][]byte) error {
	done, err := f.app.FinalizeBlock(ctx, &abci.RequestFinalizeBlock{Height: height, Time: time.Now(), Txs: txs})
	if err != nil {
		return err
	}
	for _, result := range done.TxResults {
		if result.Code != codeTaken {
			return fmt.Errorf("an operation is not taken: code %d", result.Code)
		}
	}
	_, err = f.app.Commit(ctx, &abci.RequestCommit{})
	return err
}
