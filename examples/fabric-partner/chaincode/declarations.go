package main

import (
	"encoding/json"
	"fmt"

	"github.com/hyperledger/fabric-contract-api-go/v2/contractapi"
)

// Declarations are kept under their entry numbers, and overwritten when they change: what was there before is in the
// ledger's history of the key. There is no version, and the only errors are texts.
type Declarations struct {
	contractapi.Contract
}

// Lodge files a declaration under an entry number that has none.
func (d *Declarations) Lodge(ctx contractapi.TransactionContextInterface, no, declaration string) error {
	old, err := ctx.GetStub().GetState(no)
	if err != nil {
		return err
	}
	if old != nil {
		return fmt.Errorf("declaration %s was lodged already", no)
	}
	return put(ctx, no, declaration, "LODGED")
}

// Amend replaces a declaration by a corrected one.
func (d *Declarations) Amend(ctx contractapi.TransactionContextInterface, no, declaration string) error {
	if _, err := d.Read(ctx, no); err != nil {
		return err
	}
	return put(ctx, no, declaration, "AMENDED")
}

// Purge takes a declaration off the ledger's present. Its history stays.
func (d *Declarations) Purge(ctx contractapi.TransactionContextInterface, no string) error {
	if _, err := d.Read(ctx, no); err != nil {
		return err
	}
	return ctx.GetStub().DelState(no)
}

// Read gives a declaration as it stands.
func (d *Declarations) Read(ctx contractapi.TransactionContextInterface, no string) (string, error) {
	now, err := ctx.GetStub().GetState(no)
	if err != nil {
		return "", err
	}
	if now == nil {
		return "", fmt.Errorf("declaration %s does not exist", no)
	}
	return string(now), nil
}

// put keeps a declaration that says its own number and phase.
func put(ctx contractapi.TransactionContextInterface, no, declaration, phase string) error {
	var said struct {
		No    string `json:"no"`
		Phase string `json:"phase"`
	}
	if err := json.Unmarshal([]byte(declaration), &said); err != nil {
		return fmt.Errorf("declaration %s is not readable", no)
	}
	if said.No != no || said.Phase != phase {
		return fmt.Errorf("declaration %s must say its number, and that it is %s", no, phase)
	}
	return ctx.GetStub().PutState(no, []byte(declaration))
}
