package ethereum

import (
	"encoding/json"
	"strings"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/ethereum/binding"
)

// bind compiles the ledger section. The contract may stand in the section or in the URL.
func bind(native json.RawMessage, contract string) (*binding.Binding, error) {
	s, err := binding.ParseSection(native)
	if err != nil {
		return nil, err
	}
	switch {
	case s.Contract == "":
		s.Contract = contract
	case contract != "" && !strings.EqualFold(contract, s.Contract):
		return nil, driver.Errorf(driver.Invalid, "Ethereum: contract: the URL says %.50q and the ledger section %.50q", contract, s.Contract)
	}
	return binding.Compile(s)
}
