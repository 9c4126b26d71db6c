package inclusion

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/rlp"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// Block is a block with all that proofs of its logs are made from, as a node tells it.
type Block struct {
	Header       *types.Header
	Transactions types.Transactions
	Receipts     types.Receipts
}

// ErrMismatch is a block whose content has not the roots that its header names: a node lied, or the chain hashes in
// another way than Ethereum.
var ErrMismatch = errors.New("does not hash to the root in the block's header")

// ErrTooLarge is a proof that would be longer than a verifier takes.
var ErrTooLarge = fmt.Errorf("the proof would have more than %d bytes", maxProof)

// New makes the proof of what a transaction of a block brought. after are the headers that follow the block's, up to a
// checkpoint; agreed is what Agreed said of the block. Both may be empty.
func New(b *Block, transaction int, after []*types.Header, agreed [][]byte) (*driver.Proof, error) {
	if transaction < 0 || transaction >= len(b.Transactions) || transaction > maxTransaction {
		return nil, fmt.Errorf("transaction %d: must be one of the block's %d, and at most %d", transaction, len(b.Transactions), maxTransaction)
	}
	p := proof{Transaction: uint64(transaction), Agreed: agreed}
	for _, part := range []func(*proof) error{b.showTransaction, b.showReceipts} {
		if err := part(&p); err != nil {
			return nil, err
		}
	}
	for _, h := range append([]*types.Header{b.Header}, after...) {
		raw, err := rlp.EncodeToBytes(h)
		if err != nil {
			return nil, fmt.Errorf("header %d: %w", h.Number, err)
		}
		p.Headers = append(p.Headers, raw)
	}
	return p.write()
}

func (p *proof) write() (*driver.Proof, error) {
	data, err := json.Marshal(p)
	switch {
	case err != nil:
		return nil, fmt.Errorf("write the proof: %w", err)
	case len(data) > maxProof || len(p.Headers) > maxHeaders || len(p.Receipts) > maxNodes:
		return nil, ErrTooLarge
	}
	return &driver.Proof{Type: ProofType, Data: data}, nil
}

func (b *Block) showTransaction(p *proof) error {
	values, err := encoded(b.Transactions)
	if err != nil {
		return fmt.Errorf("transactions: %w", err)
	}
	l, err := newList(values)
	switch {
	case err != nil:
		return fmt.Errorf("transactions: %w", err)
	case l.root() != b.Header.TxHash:
		return fmt.Errorf("transactions: %w", ErrMismatch)
	}
	err = l.show(p.Transaction)
	p.Transactions = l.shown
	return err
}

func (b *Block) showReceipts(p *proof) error {
	values, err := encoded(b.Receipts)
	if err != nil {
		return fmt.Errorf("receipts: %w", err)
	}
	l, err := newList(values)
	switch {
	case err != nil:
		return fmt.Errorf("receipts: %w", err)
	case l.root() != b.Header.ReceiptHash:
		return fmt.Errorf("receipts: %w", ErrMismatch)
	}
	for i := uint64(0); i <= p.Transaction; i++ {
		if err := l.show(i); err != nil {
			return err
		}
	}
	p.Receipts = l.shown
	return nil
}

// encoded gives a list's parts as they stand in the block.
func encoded[T interface{ MarshalBinary() ([]byte, error) }](all []T) ([][]byte, error) {
	values := make([][]byte, len(all))
	for i, one := range all {
		value, err := one.MarshalBinary()
		if err != nil {
			return nil, fmt.Errorf("place %d: %w", i, err)
		}
		values[i] = value
	}
	return values, nil
}
