package faultmatrix_test

import (
	"context"
	"crypto/ecdsa"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/ethclient"

	"github.com/ftagateway/ftagateway/adapters"
	_ "github.com/ftagateway/ftagateway/adapters/ethereum" // the driver for ethereum+http
	"github.com/ftagateway/ftagateway/adapters/ethereum/account"
	"github.com/ftagateway/ftagateway/adapters/ethereum/contract"
	"github.com/ftagateway/ftagateway/adapters/ethereum/devchain"
	"github.com/ftagateway/ftagateway/deploy/ethereum/gethtest"
	"github.com/ftagateway/ftagateway/translate"
)

// recordsOnEthereum is how records stand on the reference contract. One node makes every block.
const recordsOnEthereum = `mapping: records-on-ethereum
version: 1
type: Record
key: bytes32
shape:
  - {model: "", native: ""}
ledger: {builtin: reference, finality: latest}
`

// ethereum is the Ethereum driver before a real geth; where none is built, before go-ethereum's development chain.
func ethereum(t *testing.T) row {
	t.Helper()
	if !gethtest.Built() {
		t.Log("geth is not built, which deploy/ethereum/build.sh does: the development chain stands in for it")
		return onDevchain(t)
	}
	return onEthereum(t, strings.TrimPrefix(gethtest.Start(t).HTTP, "http://"))
}

func onDevchain(t *testing.T) row {
	t.Helper()
	chain := must(devchain.Open("", crypto.PubkeyToAddress(gethtest.Rich(t).PublicKey)))(t)
	server := httptest.NewServer(chain.Handler())
	t.Cleanup(func() {
		server.Close()
		if err := chain.Close(); err != nil {
			t.Error(err)
		}
	})
	return onEthereum(t, strings.TrimPrefix(server.URL, "http://"))
}

// evm is a contract of ours on a node.
type evm struct {
	mu      sync.Mutex // whoever sends has the next nonce
	rich    *ecdsa.PrivateKey
	client  *ethclient.Client
	at      common.Address
	mapping *translate.Mapping
}

func onEthereum(t *testing.T, node string) row {
	t.Helper()
	e := &evm{rich: gethtest.Rich(t), client: must(ethclient.Dial("http://" + node))(t), mapping: mapping(t, recordsOnEthereum)}
	t.Cleanup(e.client.Close)
	e.at = e.send(t, devchain.Call{Data: contract.CreationCode()})
	return row{driver: "ethereum", reach: func(t *testing.T) reach {
		r := overHTTP(t, node, func(url string) adapters.Config {
			return adapters.Config{URL: "ethereum+" + url + "?contract=" + e.at.Hex(), Mapping: e.mapping}
		})
		r.env.Signer = account.Local(e.writer(t))
		r.lies = ethereumLies(t, e.client, r.liar)
		return r
	}}
}

// writer admits a new account to the contract, and gives it money.
func (e *evm) writer(t *testing.T) *ecdsa.PrivateKey {
	t.Helper()
	key := must(crypto.GenerateKey())(t)
	who := crypto.PubkeyToAddress(key.PublicKey)
	e.send(t, devchain.Pay(who))
	e.send(t, devchain.Call{To: &e.at, Data: contract.NewFTALedger().PackAdmit(who)})
	return key
}

func (e *evm) send(t *testing.T, c devchain.Call) common.Address {
	t.Helper()
	e.mu.Lock()
	defer e.mu.Unlock()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	return must(devchain.Send(ctx, e.client, e.rich, c))(t).ContractAddress
}

func mapping(t *testing.T, text string) *translate.Mapping {
	t.Helper()
	file := filepath.Join(t.TempDir(), "mapping.yaml")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return must(translate.Open(file, translate.Options{Policy: translate.Policy{Readers: translate.Public}}))(t)
}
