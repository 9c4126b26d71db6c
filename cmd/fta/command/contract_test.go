package command_test

import (
	"context"
	"crypto/ecdsa"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/accounts/abi"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/ethclient"

	"github.com/ftagateway/ftagateway/adapters/ethereum/devchain"
	"github.com/ftagateway/ftagateway/cmd/fta/command"
	"github.com/ftagateway/ftagateway/deploy/ethereum/gethtest"
	"github.com/ftagateway/ftagateway/gateway"
	"github.com/ftagateway/ftagateway/model/sample"
	"github.com/ftagateway/ftagateway/trust"
)

const contractExamples = "../../../examples/ethereum"

// contracts are those of two partners on one chain, and a folder for the gateway that reads them.
type contracts struct {
	endpoint string
	key      *ecdsa.PrivateKey // of both partners
	dir      string
	chamber  contractAt
	brokers  contractAt
}

// contractAt is an example's contract where it stands.
type contractAt struct {
	example, name string
	key           string // as people spell it
	at            common.Address
}

// Two contracts that know nothing of us are ledgers by a line of configuration each: what stands there is read with a verdict,
// its sender is known, and the keys, which tell something, are shown nowhere.
func TestServeOverContractsOfPartners(t *testing.T) {
	key := gethtest.Rich(t)
	chain, err := devchain.Open("", crypto.PubkeyToAddress(key.PublicKey))
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(chain.Handler())
	t.Cleanup(func() {
		server.Close()
		if err := chain.Close(); err != nil {
			t.Error(err)
		}
	})
	areServed(t, server.URL, key)
}

// The same on a real geth.
func TestServeOverContractsOnGeth(t *testing.T) {
	areServed(t, gethtest.Start(t).HTTP, gethtest.Rich(t))
}

func areServed(t *testing.T, endpoint string, key *ecdsa.PrivateKey) {
	c := &contracts{endpoint: endpoint, key: key, dir: t.TempDir()}
	c.chamber = c.deploy(t, "certificate-registry", "CertificateRegistry", "CNM-2026-004417")
	c.brokers = c.deploy(t, "entry-log", "EntryLog", "D-2026-000731")
	c.write(t, c.chamber, "issue", "issued.json", "key", "/state/certificate")
	c.write(t, c.brokers, "lodge", "lodged.json", "key", "/arguments/broker", "/arguments/entryNumber", "/arguments/declaration")
	var ready struct{ Gateway string }
	s := started(t, &ready, "serve", "--verbose", "--config", c.configure(t))

	entry := ok(t, "find", sample.EntryUSMCA, "--gateway", ready.Gateway)
	run(t, "get", "entry", entry, "--gateway", ready.Gateway).want(t, command.ExitOK, "outcome  valid", "status   filed")
	c.isRead(t, ready.Gateway, c.brokers, "brokers", entry, "summary.json")
	listed := decode[struct{ Records []struct{ ID string } }](t, body(t, ready.Gateway+"/v1/records?type=CertificateOfOrigin"))
	if len(listed.Records) != 1 {
		t.Fatalf("%d certificates are listed, want 1", len(listed.Records))
	}
	c.isRead(t, ready.Gateway, c.chamber, "chamber", listed.Records[0].ID, "certificate.json")
	s.stop(t)
	for _, on := range []contractAt{c.chamber, c.brokers} {
		on.isNotIn(t, "the log", s.log.String())
	}
}

// isRead holds one answer against the example.
func (c *contracts) isRead(t *testing.T, base string, on contractAt, ledger, id, example string) {
	t.Helper()
	text := body(t, base+"/v1/ledgers/"+ledger+"/records/"+id)
	on.isNotIn(t, "an answer", text)
	a := decode[gateway.Answer](t, text)
	if a.Verdict.Outcome != trust.Valid || a.Verdict.Assurance != trust.BySender || a.URI != on.uri() {
		t.Errorf("%s: %+v, %s", ledger, a.Verdict, a.URI)
	}
	var got, want struct{ Subject any }
	derived, err := json.Marshal(a.Derived)
	if err != nil {
		t.Fatal(err)
	}
	got.Subject = decode[struct{ Subject any }](t, string(derived)).Subject
	want.Subject = decode[struct{ Subject any }](t, read(t, filepath.Join(contractExamples, on.example, example))).Subject
	if g, w := fmt.Sprint(got.Subject), fmt.Sprint(want.Subject); g != w {
		t.Errorf("%s derives\n%s\nwant\n%s", ledger, g, w)
	}
}

func (on contractAt) uri() string { return "eip155:1337:" + strings.ToLower(on.at.Hex()) }

func (on contractAt) url(endpoint string) string {
	return "ethereum+" + endpoint + "?contract=" + on.at.Hex()
}

// bytes32 is the key as the chain has it.
func (on contractAt) bytes32() string {
	return hex.EncodeToString(common.RightPadBytes([]byte(on.key), 32))
}

// isNotIn looks for the key in either spelling.
func (on contractAt) isNotIn(t *testing.T, what, text string) {
	t.Helper()
	if strings.Contains(text, on.key) || strings.Contains(text, on.bytes32()[:2*len(on.key)]) {
		t.Errorf("%s tells the ledger's key: %s", what, text)
	}
}

// deploy puts an example's contract on the chain; where it has roles, the partner has one.
func (c *contracts) deploy(t *testing.T, example, name, key string) contractAt {
	t.Helper()
	code := read(t, filepath.Join(contractExamples, example, name+".bin"))
	on := contractAt{example: example, name: name, key: key, at: c.send(t, devchain.Call{Data: common.FromHex(strings.TrimSpace(code))})}
	parsed, err := abi.JSON(strings.NewReader(read(t, filepath.Join(contractExamples, example, name+".abi.json"))))
	if err != nil {
		t.Fatal(err)
	}
	if _, roles := parsed.Methods["admit"]; roles {
		data, err := parsed.Pack("admit", crypto.PubkeyToAddress(c.key.PublicKey), [32]byte{1})
		if err != nil {
			t.Fatal(err)
		}
		c.send(t, devchain.Call{To: &on.at, Data: data})
	}
	return on
}

func (c *contracts) send(t *testing.T, call devchain.Call) common.Address {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	client, err := ethclient.DialContext(ctx, c.endpoint)
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	r, err := devchain.Send(ctx, client, c.key, call)
	if err != nil {
		t.Fatal(err)
	}
	return r.ContractAddress
}
