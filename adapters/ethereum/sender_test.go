package ethereum_test

import (
	"context"
	"crypto/ecdsa"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/ethclient"

	"github.com/ftagateway/ftagateway/adapters/ethereum/devchain"
)

// sender sends transactions to any chain over JSON-RPC.
type sender struct {
	t        *testing.T
	endpoint string
	key      *ecdsa.PrivateKey
}

func (s *sender) address() common.Address { return crypto.PubkeyToAddress(s.key.PublicKey) }

func (s *sender) deploy(code []byte) common.Address {
	s.t.Helper()
	return s.send(devchain.Call{Data: code}).ContractAddress
}

// send sends a transaction and waits for its block.
func (s *sender) send(c devchain.Call) *types.Receipt {
	s.t.Helper()
	ctx, cancel := context.WithTimeout(s.t.Context(), 30*time.Second)
	defer cancel()
	client, err := ethclient.DialContext(ctx, s.endpoint)
	if err != nil {
		s.t.Fatal(err)
	}
	defer client.Close()
	r, err := devchain.Send(ctx, client, s.key, c)
	if err != nil {
		s.t.Fatal(err)
	}
	return r
}
