package inclusion

import (
	"bytes"
	"encoding/pem"
	"errors"
	"fmt"

	"github.com/hyperledger/fabric-protos-go/ledger/rwset"
	"github.com/hyperledger/fabric-protos-go/ledger/rwset/kvrwset"
	"github.com/hyperledger/fabric-protos-go/peer"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// stands checks that an entry is told where and by whom it was written.
func (tx *transaction) stands(e *driver.Entry, number uint64) error {
	switch {
	case e.Height != number:
		return fmt.Errorf("the proof is of block %d, and the entry is told at height %d", number, e.Height)
	case e.Tx != tx.id:
		return errors.New("the proof is of another transaction than the entry's")
	case !e.Time.Equal(tx.time):
		return errors.New("the transaction has another time than the entry")
	case e.Author.Kind != "x509" || e.Author.ID != tx.creator.ID():
		return errors.New("the transaction was created by another author than the entry's")
	case len(e.Author.Evidence) > 0 && !sameCertificate(e.Author.Evidence, tx.creator.DER()):
		return errors.New("the author's certificate is not the one that the transaction was created with")
	}
	return nil
}

// sameCertificate takes evidence in PEM or DER.
func sameCertificate(evidence, der []byte) bool {
	if block, _ := pem.Decode(evidence); block != nil {
		evidence = block.Bytes
	}
	return bytes.Equal(evidence, der)
}

// writes checks that what was endorsed writes the entry: one state that says its key and its version, and the body.
func (t *trusted) writes(done *peer.ChaincodeAction, e *driver.Entry) error {
	all, err := t.writesOf(done)
	if err != nil {
		return fmt.Errorf("the write set cannot be read: %w", err)
	}
	var found []*kvrwset.KVWrite
	for _, w := range all {
		key, version, ok := t.entries.Read(w.GetKey())
		if ok && key == e.Key && version == e.Version && version != 0 {
			found = append(found, w)
		}
	}
	if len(found) != 1 {
		return fmt.Errorf("the transaction writes %d states of chaincode %s that are version %d of this key", len(found), t.chaincode, e.Version)
	}
	return t.same(found[0], e)
}

func (t *trusted) writesOf(done *peer.ChaincodeAction) ([]*kvrwset.KVWrite, error) {
	var set rwset.TxReadWriteSet
	if err := decode(done.Results, &set); err != nil {
		return nil, err
	}
	var all []*kvrwset.KVWrite
	for _, ns := range set.NsRwset {
		if ns.GetNamespace() != t.chaincode {
			continue
		}
		var kv kvrwset.KVRWSet
		if err := decode(ns.GetRwset(), &kv); err != nil {
			return nil, err
		}
		all = append(all, kv.Writes...)
	}
	return all, nil
}

// same holds an entry's content against the write. To write nothing is to delete, in Fabric.
func (t *trusted) same(w *kvrwset.KVWrite, e *driver.Entry) error {
	deletes := w.GetIsDelete() || len(w.GetValue()) == 0
	switch {
	case deletes != e.Deleted:
		return errors.New("one of the entry and its write is a deletion, and the other is not")
	case deletes && len(e.Body) > 0:
		return errors.New("a deletion has no body")
	case !deletes && !bytes.Equal(e.Body, t.entries.BodyOf(w.GetValue())):
		return errors.New("another body was written")
	}
	return nil
}
