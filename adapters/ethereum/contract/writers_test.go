package contract

import (
	"testing"

	"github.com/ethereum/go-ethereum/accounts/abi/bind/v2"
)

// TestWhoIsNoWriterWritesNothing: neither before being admitted nor after being dismissed, and not the owner either.
func TestWhoIsNoWriterWritesNothing(t *testing.T) {
	c := onSimulated(t)
	data := ledger.PackAppend(key, 0, []byte("x"), nil)
	if got, ok := c.refusal(c.owner, data).(*FTALedgerNotAWriter); !ok || got.Sender != c.owner.From {
		t.Errorf("the owner: %+v, want NotAWriter", got)
	}
	c.append(key, 0, "x")
	c.mined(c.send(c.owner, ledger.PackDismiss(c.writers[0].From)))
	for name, again := range map[string][]byte{"replay": data, "next version": ledger.PackAppend(key, 1, []byte("y"), nil)} {
		if got, ok := c.refusal(c.writers[0], again).(*FTALedgerNotAWriter); !ok || got.Sender != c.writers[0].From {
			t.Errorf("dismissed, %s: %+v, want NotAWriter", name, got)
		}
	}
	if got := c.standing(key); got.Version != 1 || c.isWriter(c.writers[0].From) || !c.isWriter(c.writers[1].From) {
		t.Errorf("what a dismissed writer wrote stands at %+v", got)
	}
	c.mined(c.send(c.owner, ledger.PackAdmit(c.writers[0].From)))
	c.append(key, 1, "y")
}

// TestOnlyTheOwnerSaysWhoWrites: a writer does not.
func TestOnlyTheOwnerSaysWhoWrites(t *testing.T) {
	c := onSimulated(t)
	owner, err := bind.Call(c.BoundContract, &bind.CallOpts{Context: t.Context()}, ledger.PackOwner(), ledger.UnpackOwner)
	if err != nil || owner != c.owner.From {
		t.Errorf("%v: owner %s, want who made the contract", err, owner)
	}
	for name, data := range map[string][]byte{
		"admit":   ledger.PackAdmit(c.writers[0].From),
		"dismiss": ledger.PackDismiss(c.writers[1].From),
	} {
		if got, ok := c.refusal(c.writers[0], data).(*FTALedgerNotTheOwner); !ok || got.Sender != c.writers[0].From {
			t.Errorf("%s: %+v, want NotTheOwner", name, got)
		}
	}
}

// TestAdmissionsAreToldOnce: what changes nothing is no event.
func TestAdmissionsAreToldOnce(t *testing.T) {
	c := onSimulated(t)
	who := c.writers[0].From
	for i, step := range []struct {
		data   []byte
		events int
		writer bool
	}{
		{ledger.PackAdmit(who), 0, true},
		{ledger.PackDismiss(who), 1, false},
		{ledger.PackDismiss(who), 0, false},
		{ledger.PackAdmit(who), 1, true},
	} {
		logs := c.mined(c.send(c.owner, step.data)).Logs
		if len(logs) != step.events || c.isWriter(who) != step.writer {
			t.Errorf("step %d: %d events, writer %t; want %d, %t", i, len(logs), c.isWriter(who), step.events, step.writer)
		}
		for _, log := range logs {
			admitted, noAdmission := ledger.UnpackAdmittedEvent(log)
			dismissed, noDismissal := ledger.UnpackDismissedEvent(log)
			if step.writer && (noAdmission != nil || admitted.Writer != who) || !step.writer && (noDismissal != nil || dismissed.Writer != who) {
				t.Errorf("step %d: %+v, %+v", i, admitted, dismissed)
			}
		}
	}
}
