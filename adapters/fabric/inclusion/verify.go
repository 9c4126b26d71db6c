package inclusion

import (
	"fmt"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// Verify checks a proof with nothing but anchors; see the package's comment. It is registered for ProofType. Without
// anchors that can be read, for an organisation that they do not know, and for too few peers' answers nothing can be said,
// so that is undetermined. Everything else that is wrong is invalid.
func Verify(e *driver.Entry, p *driver.Proof, a driver.Anchors) driver.Result {
	t, err := readAnchors(a)
	if err != nil {
		return driver.Result{Outcome: driver.Undetermined, Method: ProofType, Reason: err.Error()}
	}
	who, err := t.verify(e, p.Data)
	result := driver.Result{Outcome: driver.Verified, Method: t.method(who)}
	switch {
	case isMissing(err):
		result.Outcome, result.Reason = driver.Undetermined, err.Error()
	case err != nil:
		result.Outcome, result.Reason = driver.Failed, err.Error()
	}
	return result
}

// verify answers whose peers say that the transaction is valid.
func (t *trusted) verify(e *driver.Entry, data []byte) (who string, _ error) {
	p, err := readEvidence(data)
	if err != nil {
		return "", err
	}
	b, err := readBlock(p)
	if err != nil {
		return "", err
	}
	if err := b.ordered(p.Signatures, t); err != nil {
		return "", err
	}
	tx, err := submitted(b.data[p.Transaction], t)
	if err != nil {
		return "", err
	}
	if err := t.shows(tx, e, p.Number); err != nil {
		return "", err
	}
	signers, err := b.validated(p, t)
	return organisations(signers), err
}

// shows checks that a transaction was endorsed, and writes the entry.
func (t *trusted) shows(tx *transaction, e *driver.Entry, number uint64) error {
	if err := tx.stands(e, number); err != nil {
		return err
	}
	done, err := tx.endorsed(t)
	if err != nil {
		return err
	}
	return t.writes(done, e)
}

// method says in the field's words what was checked.
func (t *trusted) method(who string) string {
	if who == "" {
		return "block signed by orderers, creator's signature, endorsements, validity by peers' signed answers"
	}
	return fmt.Sprintf("block signed by orderers (%s), creator's signature, endorsements (%s), the version in the state's key, "+
		"validity by signed answers of peers of %s (%s)", t.blocks, t.endorsement, who, t.validity)
}
