// Package contract is the reference contract for Ethereum: FTALedger, a ledger of records that only grows, and its Go
// bindings. FTALedger.sol is the source and says what the contract promises; deploy/dev/solc.sh compiles it to
// FTALedger.abi.json and FTALedger.bin, and go generate makes the bindings from these. All are committed, so that nothing
// here takes a Solidity compiler, and a test holds them to the source where there is one.
//
// Nothing in the Ethereum driver is special to this contract. It is one more ABI with a ledger section.
package contract

import (
	_ "embed" // for the artefacts

	"github.com/ethereum/go-ethereum/common"
)

//go:generate go run github.com/ethereum/go-ethereum/cmd/abigen@v1.17.10 --v2 --abi FTALedger.abi.json --bin FTALedger.bin --pkg contract --type FTALedger --out ftaledger.go

//go:embed FTALedger.abi.json
var abiText string

//go:embed FTALedger.bin
var codeText string

// ABI gives the contract's functions, events and errors as compilers write them: a JSON array.
func ABI() string { return abiText }

// CreationCode gives the data of a transaction that makes the contract. Its sender becomes the owner; the constructor
// takes no arguments.
func CreationCode() []byte { return common.FromHex(codeText[:len(codeText)-1]) }
