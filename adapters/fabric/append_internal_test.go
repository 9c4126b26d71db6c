package fabric

import (
	"fmt"
	"testing"

	"github.com/hyperledger/fabric-protos-go/peer"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// writing has the peers endorse whatever they are asked to, and the orderer put each into a block of its own, with the
// validity that comes next: valid when there is none left.
func (p *peers) writing(c *blocks, validity ...peer.TxValidationCode) (signedTimes *int) {
	times, sent := 0, map[string][]byte{}
	p.endorses = func(args [][]byte) (*signed, error) {
		times++
		tx := fmt.Sprint("written-", times)
		sent[tx] = c.transaction(tx, "cc", put(string(args[1]), string(args[2])))
		return &signed{tx: tx}, nil
	}
	p.orders = func(s *signed) error {
		now := peer.TxValidationCode_VALID
		if len(validity) > 0 {
			now, validity = validity[0], validity[1:]
		}
		p.give(c.block([][]byte{sent[s.tx]}, now))
		return nil
	}
	return &times
}

// TestAConflictIsToldAndNotForEver: another transaction came between, though not for this key. The writer is told, and
// nothing is tried again in silence; whoever then writes the same again is signed for anew, as what a block holds as
// invalid never has an effect.
func TestAConflictIsToldAndNotForEver(t *testing.T) {
	c := newBlocks(t)
	l, p := over(t, c, memory(t))
	times := p.writing(c, peer.TxValidationCode_MVCC_READ_CONFLICT)
	w := &driver.Write{Key: "k", Body: []byte("one"), IdempotencyKey: "once"}
	if r, err := l.Append(t.Context(), w); driver.CodeOf(err) != driver.Conflict || *times != 1 {
		t.Fatalf("%+v, %v, signed %d times", r, err, *times)
	}
	for range 2 {
		if r, err := l.Append(t.Context(), w); err != nil || r.State != driver.Finally || r.Tx != "written-2" {
			t.Fatalf("%+v, %v", r, err)
		}
	}
	if r, err := l.Receipt(t.Context(), "written-1"); err != nil || r.State != driver.Rejected {
		t.Errorf("%+v, %v: the first stays what it was", r, err)
	}
}

// TestWhatNoOrdererAnsweredIsSentAgain: the very same transaction, and not another one.
func TestWhatNoOrdererAnsweredIsSentAgain(t *testing.T) {
	c := newBlocks(t)
	l, p := over(t, c, memory(t))
	times := p.writing(c)
	takes, answers := p.orders, 0
	p.orders = func(s *signed) error {
		if answers++; answers < 3 {
			return driver.Errorf(driver.OutcomeUnknown, "no answer")
		}
		return takes(s)
	}
	w := &driver.Write{Key: "k", Body: []byte("one")}
	r, err := l.Append(t.Context(), w)
	if err != nil || r.State != driver.Pending || answers != 2 {
		t.Fatalf("%+v, %v after %d times", r, err, answers)
	}
	if again, err := l.Append(t.Context(), w); err != nil || again.Tx != r.Tx || again.State != driver.Finally || *times != 1 {
		t.Errorf("%+v, %v, signed %d times", again, err, *times)
	}
}
