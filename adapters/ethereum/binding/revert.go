package binding

import (
	"fmt"

	"github.com/ethereum/go-ethereum/accounts/abi"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/translate/source"
)

// meanings are the codes that a contract's error can stand for.
var meanings = []driver.Code{driver.Conflict, driver.Invalid, driver.PermissionDenied, driver.TooLarge, driver.ResourceExhausted, driver.Unavailable}

func (b *Binding) bindErrors() error {
	for _, name := range sortedNames(b.Section.Errors) {
		at := "ledger.errors." + name
		found, ok := b.abi.Errors[name]
		if !ok {
			return unknown(at, name, sortedNames(b.abi.Errors))
		}
		code, err := codeNamed(at, b.Section.Errors[name])
		if err != nil {
			return err
		}
		b.errors[[4]byte(found.ID[:4])] = meaning{code, found}
	}
	return nil
}

func codeNamed(at, name string) (driver.Code, error) {
	var known []string
	for _, code := range meanings {
		if string(code) == name {
			return code, nil
		}
		known = append(known, string(code))
	}
	return "", invalid(at, "%q must be one of %v%s", name, known, source.Hint(name, known))
}

// Revert says what it means that the contract refused a call, by the data that it gave for it. A refusal that the section
// does not know is Invalid: the same call would be refused again. The text is safe to show: it has the error's name, and
// neither arguments nor addresses.
func (b *Binding) Revert(data []byte) *driver.Error {
	if len(data) >= 4 {
		if m, ok := b.errors[[4]byte(data[:4])]; ok {
			return driver.Errorf(m.code, "the contract refuses it: %s", m.err.Name)
		}
		for _, e := range b.abi.Errors {
			if [4]byte(e.ID[:4]) == [4]byte(data[:4]) {
				return driver.Errorf(driver.Invalid, "the contract refuses it: %s", e.Name)
			}
		}
	}
	if reason, err := abi.UnpackRevert(data); err == nil {
		return driver.Errorf(driver.Invalid, "the contract refuses it: %s", fmt.Sprintf("%.120q", reason))
	}
	return driver.Errorf(driver.Invalid, "the contract refuses it and does not say why")
}
