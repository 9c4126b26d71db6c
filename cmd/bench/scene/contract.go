package scene

import (
	"context"
	"crypto/ecdsa"
	"net/http"
	"os"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/ftagateway/ftagateway/adapters"
	_ "github.com/ftagateway/ftagateway/adapters/ethereum" // the driver for ethereum+http
	"github.com/ftagateway/ftagateway/adapters/ethereum/account"
	"github.com/ftagateway/ftagateway/adapters/ethereum/contract"
	"github.com/ftagateway/ftagateway/adapters/ethereum/devchain"
	"github.com/ftagateway/ftagateway/translate"
)

// Contract is the reference contract on a chain of go-ethereum in this process, with a ledger opened on it.
type Contract struct {
	*adapters.Ledger
	URL     string // of JSON-RPC over HTTP
	Address common.Address
	Records []string // ids of entry summaries that stand on it
}

// contractMapping is how records stand on the contract: as they are, under their id as bytes32. One node makes every block.
const contractMapping = `mapping: records-on-ethereum
version: 1
type: Record
key: bytes32
shape:
  - {model: "", native: ""}
ledger: {builtin: reference, finality: latest}
`

// OpenContract starts a chain and puts the contract on it, with so many records. It ends with the scene.
func (s *Scene) OpenContract(ctx context.Context, records int) (*Contract, error) {
	key, err := crypto.GenerateKey()
	if err != nil {
		return nil, err
	}
	c := &Contract{}
	if err := s.deploy(ctx, c, key); err != nil {
		return nil, err
	}
	m, err := s.contractMapping()
	if err != nil {
		return nil, err
	}
	c.Ledger, err = adapters.Open(ctx, adapters.Config{
		Slug: "contract", URL: "ethereum+" + c.URL + "?contract=" + c.Address.Hex(), Mapping: m, Limits: patient,
	}, adapters.Env{Store: s.Corner("contract"), Signer: account.Local(key)})
	if err != nil {
		return nil, err
	}
	s.atEnd(c.Close)
	c.Records, err = s.FileOn(ctx, c.Ledger, records)
	return c, err
}

// deploy starts a chain, makes the contract on it, and admits its maker as a writer.
func (s *Scene) deploy(ctx context.Context, c *Contract, key *ecdsa.PrivateKey) error {
	owner := crypto.PubkeyToAddress(key.PublicKey)
	chain, err := devchain.Open("", owner)
	if err != nil {
		return err
	}
	s.atEnd(chain.Close)
	client := chain.Client()
	defer client.Close()
	made, err := devchain.Send(ctx, client, key, devchain.Call{Data: contract.CreationCode()})
	if err != nil {
		return err
	}
	c.Address = made.ContractAddress
	if _, err := devchain.Send(ctx, client, key, devchain.Call{To: &c.Address, Data: contract.NewFTALedger().PackAdmit(owner)}); err != nil {
		return err
	}
	c.URL, err = s.start(ctx, func(string) (http.Handler, error) { return chain.Handler(), nil })
	return err
}

func (s *Scene) contractMapping() (*translate.Mapping, error) {
	file := s.path("contract.yaml")
	if err := os.WriteFile(file, []byte(contractMapping), 0o600); err != nil {
		return nil, err
	}
	return translate.Open(file, translate.Options{Policy: translate.Policy{Readers: translate.Public}})
}
