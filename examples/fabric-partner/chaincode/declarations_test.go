package main

import (
	"strings"
	"testing"

	"github.com/hyperledger/fabric-chaincode-go/v2/shim"
	"github.com/hyperledger/fabric-contract-api-go/v2/contractapi"
)

// state is as much of a ledger as the contract touches.
type state struct {
	shim.ChaincodeStubInterface
	now map[string][]byte
}

func (s *state) GetState(key string) ([]byte, error)     { return s.now[key], nil }
func (s *state) PutState(key string, value []byte) error { s.now[key] = value; return nil }
func (s *state) DelState(key string) error               { delete(s.now, key); return nil }

func newContext() *contractapi.TransactionContext {
	ctx := new(contractapi.TransactionContext)
	ctx.SetStub(&state{now: map[string][]byte{}})
	return ctx
}

const (
	number  = "ABC-2026110-5"
	lodged  = `{"no":"ABC-2026110-5","phase":"LODGED"}`
	amended = `{"no":"ABC-2026110-5","phase":"AMENDED"}`
)

func TestADeclarationGoesThroughItsPhases(t *testing.T) {
	d, ctx := new(Declarations), newContext()
	for _, step := range []struct {
		do   func() error
		says string
	}{
		{func() error { return d.Lodge(ctx, number, lodged) }, lodged},
		{func() error { return d.Amend(ctx, number, amended) }, amended},
	} {
		if err := step.do(); err != nil {
			t.Fatal(err)
		}
		if now, err := d.Read(ctx, number); err != nil || now != step.says {
			t.Errorf("%q, %v", now, err)
		}
	}
	if err := d.Purge(ctx, number); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Read(ctx, number); err == nil || !strings.Contains(err.Error(), "does not exist") {
		t.Errorf("%v", err)
	}
}

func TestWhatTheContractRefuses(t *testing.T) {
	d, ctx := new(Declarations), newContext()
	refuses := func(err error, words string) {
		t.Helper()
		if err == nil || !strings.Contains(err.Error(), words) {
			t.Errorf("%v, want %q", err, words)
		}
	}
	refuses(d.Amend(ctx, number, amended), "does not exist")
	refuses(d.Purge(ctx, number), "does not exist")
	refuses(d.Lodge(ctx, number, "{"), "not readable")
	refuses(d.Lodge(ctx, number, amended), "LODGED")
	refuses(d.Lodge(ctx, "ABC-2026111-3", lodged), "its number")
	if err := d.Lodge(ctx, number, lodged); err != nil {
		t.Fatal(err)
	}
	refuses(d.Lodge(ctx, number, lodged), "already")
}
