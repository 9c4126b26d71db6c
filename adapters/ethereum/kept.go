package ethereum

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/core/types"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/ld"
)

func errText(text string) error { return errors.New(text) }

// kept is what was signed for a write, before it was sent. There is more than one transaction where the first was replaced
// by one that pays more, or found its nonce used by another writer with the same account. At most one of them has an
// effect: they share the nonce, or the contract lets one write of a version win.
type kept struct {
	Key    string    `json:"key"`
	Expect uint64    `json:"expect"`
	Body   ld.Digest `json:"body"`
	Signed []signed  `json:"signed"` // oldest first
}

type signed struct {
	Tx    common.Hash   `json:"tx"`
	Nonce uint64        `json:"nonce"`
	Raw   hexutil.Bytes `json:"raw"`
	At    time.Time     `json:"at"`
}

func (k *kept) newest() signed { return k.Signed[len(k.Signed)-1] }

// is reports whether a write is the one that was signed.
func (k *kept) is(w *driver.Write) bool {
	return k.Key == w.Key && k.Expect == w.Expect && k.Body == ld.Sum(w.Body)
}

// idempotencyKey is under which a write is kept.
func idempotencyKey(w *driver.Write) string {
	if w.IdempotencyKey != "" {
		return digest("given|" + w.IdempotencyKey)
	}
	return digest(fmt.Sprintf("made|%d|%s|%s", w.Expect, ld.Sum(w.Body), w.Key))
}

// kept answers what was signed for a write, nil for nothing, and Conflict where it was for another write.
func (x *index) kept(w *driver.Write) (*kept, error) {
	k, err := x.keptUnder(idempotencyKey(w))
	if k != nil && !k.is(w) {
		return nil, driver.Errorf(driver.Conflict, "idempotency key: was used for another write")
	}
	return k, err
}

func (x *index) keptUnder(mark string) (*kept, error) {
	var k kept
	found, err := getJSON(x, x.lasting('s', mark), &k)
	if !found {
		return nil, err
	}
	return &k, nil
}

// keptAs answers what was signed and has this hash, with its place in the store; nil for nothing.
func (x *index) keptAs(tx common.Hash) (k *kept, mark string, err error) {
	value, err := x.get(x.lasting('x', string(tx[:])))
	if value == nil || err != nil {
		return nil, "", err
	}
	k, err = x.keptUnder(string(value))
	return k, string(value), err
}

// keep writes down one more transaction of a write, before it is sent.
func (x *index) keep(mark string, k *kept, tx *types.Transaction, at time.Time) error {
	raw, err := tx.MarshalBinary()
	if err != nil {
		return driver.Errorf(driver.Unknown, "keep a signed transaction: %w", err)
	}
	k.Signed = append(k.Signed, signed{tx.Hash(), tx.Nonce(), raw, at.UTC()})
	value, err := json.Marshal(k)
	if err != nil {
		return driver.Errorf(driver.Unknown, "keep a signed transaction: %w", err)
	}
	hash := tx.Hash()
	return storeError(x.kv.Apply(
		driver.Change{Key: []byte(x.lasting('s', mark)), Value: value},
		driver.Change{Key: []byte(x.lasting('x', string(hash[:]))), Value: []byte(mark)},
	))
}
