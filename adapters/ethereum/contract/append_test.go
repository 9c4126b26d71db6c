package contract

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
)

func digest(body string) [23]byte { return [23]byte(crypto.Keccak256([]byte(body))[:23]) }

var key = [32]byte{0x5e, 1: 7, 15: 0x11} // as a uuid stands: 16 bytes, then zeros

// TestVersionsFollowOneAnother, and what stands is told with its block and digest.
func TestVersionsFollowOneAnother(t *testing.T) {
	c := onSimulated(t)
	if got := c.standing(key); got != (StandingOutput{}) {
		t.Errorf("a key that was never written stands at %+v", got)
	}
	for expect, body := range []string{"first", "second", "third"} {
		receipt := c.append(key, uint64(expect), body)
		want := StandingOutput{uint64(expect) + 1, receipt.BlockNumber.Uint64(), digest(body)}
		if got := c.standing(key); got != want {
			t.Errorf("stands at %+v, want %+v", got, want)
		}
	}
	if got := c.standing([32]byte{1}); got != (StandingOutput{}) {
		t.Errorf("another key stands at %+v", got)
	}
}

// TestOnlyTheNextVersionIsTaken: below, at and above what stands, and at numbers where arithmetic ends.
func TestOnlyTheNextVersionIsTaken(t *testing.T) {
	c := onSimulated(t)
	c.append(key, 0, "first")
	c.append(key, 1, "second")
	for _, expect := range []uint64{0, 1, 3, math.MaxUint32, math.MaxUint32 + 3, math.MaxUint64} {
		got, ok := c.refusal(c.writers[0], ledger.PackAppend(key, expect, []byte("other"), nil)).(*FTALedgerConflict)
		if !ok || got.Key != key || got.Stands != 2 {
			t.Errorf("expecting %d: %+v, want a conflict with version 2", expect, got)
		}
	}
	never := [32]byte{9}
	for _, expect := range []uint64{1, math.MaxUint64} {
		got, ok := c.refusal(c.writers[0], ledger.PackAppend(never, expect, []byte("other"), nil)).(*FTALedgerConflict)
		if !ok || got.Key != never || got.Stands != 0 {
			t.Errorf("expecting %d of a key that was never written: %+v, want a conflict with version 0", expect, got)
		}
	}
}

// TestAReplayChangesNothing: it succeeds, whichever writer sends it again, and leaves no event and no trace.
func TestAReplayChangesNothing(t *testing.T) {
	c := onSimulated(t)
	c.append(key, 0, "first", [32]byte{1})
	before := c.standing(key)
	for _, writer := range c.writers {
		receipt := c.mined(c.send(writer, ledger.PackAppend(key, 0, []byte("first"), [][32]byte{{1}})))
		if len(receipt.Logs) != 0 || c.standing(key) != before {
			t.Errorf("%d events; stands at %+v, before %+v", len(receipt.Logs), c.standing(key), before)
		}
	}
	if got, ok := c.refusal(c.writers[0], ledger.PackAppend(key, 0, []byte("First"), nil)).(*FTALedgerConflict); !ok || got.Stands != 1 {
		t.Errorf("another body: %+v, want a conflict with version 1", got)
	}
	c.append(key, 1, "second")
	if got, ok := c.refusal(c.writers[0], ledger.PackAppend(key, 0, []byte("first"), nil)).(*FTALedgerConflict); !ok || got.Stands != 2 {
		t.Errorf("what is older than what stands: %+v, want a conflict with version 2", got)
	}
	c.append(key, 2, "second") // the same bytes are a version of their own
	if got := c.standing(key); got.Version != 3 {
		t.Errorf("stands at %d, want 3", got.Version)
	}
	if got, ok := c.refusal(c.writers[0], ledger.PackAppend(key, 0, []byte("second"), nil)).(*FTALedgerConflict); !ok || got.Stands != 3 {
		t.Errorf("what stands, at an older version: %+v, want a conflict with version 3", got)
	}
}

// TestOneOfTwoWritersWins, also in one block, and the other one's transaction is reverted.
func TestOneOfTwoWritersWins(t *testing.T) {
	c := onSimulated(t)
	var sent [2]*types.Transaction
	for i, body := range []string{"mine", "no, mine"} {
		sent[i] = c.send(c.writers[i], ledger.PackAppend(key, 0, []byte(body), nil))
	}
	one, other := c.included(sent[0]), c.included(sent[1])
	if one.BlockNumber.Cmp(other.BlockNumber) != 0 {
		t.Fatalf("blocks %d and %d, want one", one.BlockNumber, other.BlockNumber)
	}
	if one.Status+other.Status != types.ReceiptStatusSuccessful || len(one.Logs)+len(other.Logs) != 1 {
		t.Errorf("%d and %d succeeded, %d events", one.Status, other.Status, len(one.Logs)+len(other.Logs))
	}
	body := "mine"
	if other.Status == types.ReceiptStatusSuccessful {
		body = "no, mine"
	}
	if got := c.standing(key); got.Version != 1 || got.Digest != digest(body) {
		t.Errorf("stands at %+v, want the winner's", got)
	}
}

// TestBodiesUpToTheTransactionsLimit: a transaction holds 128 KiB, with all that is in it.
func TestBodiesUpToTheTransactionsLimit(t *testing.T) {
	c := onSimulated(t)
	for version, size := range []int{1, 31, 32, 33, 100 << 10} {
		body := strings.Repeat("x", size)
		receipt := c.append(key, uint64(version), body)
		got, err := ledger.UnpackAppendedEvent(receipt.Logs[0])
		if err != nil || string(got.Body) != body {
			t.Errorf("%d bytes: %v", size, err)
		}
		if got := c.standing(key); got.Digest != digest(body) {
			t.Errorf("%d bytes: digest %x", size, got.Digest)
		}
	}
}

// TestWhatWasForgottenIsRefused: a body of no bytes, a key of zeros.
func TestWhatWasForgottenIsRefused(t *testing.T) {
	c := onSimulated(t)
	for name, data := range map[string][]byte{
		"no body": ledger.PackAppend(key, 0, nil, nil),
		"no key":  ledger.PackAppend([32]byte{}, 0, []byte("x"), nil),
	} {
		if got, ok := c.refusal(c.writers[0], data).(*FTALedgerEmpty); !ok {
			t.Errorf("%s: %+v, want Empty", name, got)
		}
	}
}

// TestASlotIsWhereProofsLookForIt, with version, block and digest in it.
func TestASlotIsWhereProofsLookForIt(t *testing.T) {
	c := onSimulated(t)
	c.append(key, 0, "first")
	receipt := c.append(key, 1, "second", [32]byte{1})
	stored, err := c.client.StorageAt(t.Context(), c.address, crypto.Keccak256Hash(key[:], make([]byte, 32)), nil)
	if err != nil {
		t.Fatal(err)
	}
	body := digest("second")
	want := fmt.Sprintf("%08x%010x%x", 2, receipt.BlockNumber, body)
	if got := fmt.Sprintf("%x", stored); got != want {
		t.Errorf("the slot is %s, want %s", got, want)
	}
}
