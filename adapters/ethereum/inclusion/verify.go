package inclusion

import (
	"bytes"
	"errors"
	"fmt"

	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/core/types"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/ethereum/binding"
)

func init() { driver.RegisterVerifier(ProofType, Verify) }

const method = "receipt and transaction by Merkle-Patricia proofs (Keccak-256) to the block's header"

// Verify checks a proof with nothing but anchors. Anchors that cannot be read, or that do not know the block, leave it
// Undetermined; a proof that cannot be read, is of another block than a checkpoint, or of something else than the entry is
// Failed. Beside the proof, the anchors decide: their ledger section says what a log means.
func Verify(e *driver.Entry, p *driver.Proof, a driver.Anchors) driver.Result {
	result := driver.Result{Outcome: driver.Undetermined, Method: method}
	trusted, err := parseAnchors(a)
	if err != nil {
		result.Reason = err.Error()
		return result
	}
	by, why, err := trusted.verify(e, p.Data)
	switch {
	case err != nil:
		result.Outcome, result.Reason = driver.Failed, err.Error()
	case by == "":
		result.Reason = why
	default:
		result.Outcome, result.Method = driver.Verified, method+"; "+by
	}
	return result
}

// verify says by what the entry's block is known, or why by nothing; and in an error what is wrong.
func (a *anchors) verify(e *driver.Entry, data []byte) (by, why string, _ error) {
	p, err := parse(data)
	if err != nil {
		return "", "", err
	}
	block, hashes, err := p.chain()
	if err != nil {
		return "", "", err
	}
	if err := a.shows(e, p, block); err != nil {
		return "", "", err
	}
	by, err = a.vouch(block.number, hashes, p)
	return by, a.unvouched(block.number, len(hashes)), err
}

// shows holds an entry against what stands in the block.
func (a *anchors) shows(e *driver.Entry, p *proof, block *header) error {
	if e.Height != block.number || !e.Time.Equal(block.time()) {
		return fmt.Errorf("the header is of block %d of %s, and the entry of block %d of %s",
			block.number, block.time().Format("2006-01-02T15:04:05Z"), e.Height, e.Time.UTC().Format("2006-01-02T15:04:05.999Z"))
	}
	tx, err := p.transaction(block)
	if err != nil {
		return err
	}
	switch {
	case tx.Hash().Hex() != e.Tx:
		return errors.New("the proof is of another transaction than the entry's")
	case tx.Protected() && (!tx.ChainId().IsUint64() || tx.ChainId().Uint64() != a.Chain):
		return fmt.Errorf("the transaction is for chain %s, and the anchors are of chain %d", tx.ChainId(), a.Chain)
	}
	log, err := p.log(block, e.Index)
	if err != nil {
		return err
	}
	return a.means(e, log, tx)
}

// means holds an entry against what a log says.
func (a *anchors) means(e *driver.Entry, log *types.Log, tx *types.Transaction) error {
	found, err := a.binding.Decode(log)
	if err == nil && (found == nil || !found.Brings) {
		err = errors.New("the log brings no version in this ledger: it is another contract's, or another event")
	}
	switch {
	case err != nil:
		return err
	case found.Key != e.Key:
		return errors.New("the log is of another key")
	case found.Version != e.Version:
		return fmt.Errorf("the log is of version %d, and the entry of version %d", found.Version, e.Version)
	case found.Deleted != e.Deleted || !bytes.Equal(found.Body, e.Body):
		return errors.New("the log has another body")
	case !isAuthor(e.Author, authorOf(found, tx)):
		return errors.New("the entry has another author than the chain shows")
	}
	return nil
}

// isAuthor: no driver of this chain hands out evidence of an author, so that none is shown.
func isAuthor(said, shown driver.Author) bool {
	return said.ID == shown.ID && said.Kind == shown.Kind && len(said.Evidence) == 0
}

// authorOf is whom the event names, or else who signed the transaction; nobody where there is no signature.
func authorOf(found *binding.Found, tx *types.Transaction) driver.Author {
	id := found.Author
	if from, ok := Sender(tx); id == "" && ok {
		id = hexutil.Encode(from[:])
	}
	if id == "" {
		return driver.Author{}
	}
	return driver.Author{Kind: "address", ID: id}
}
