package ethereum_test

import (
	"bytes"
	"context"
	"encoding/hex"
	"encoding/json"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/accounts/abi"
	"github.com/ethereum/go-ethereum/common"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/ethereum/account"
	"github.com/ftagateway/ftagateway/adapters/ethereum/devchain"
	"github.com/ftagateway/ftagateway/conformance"
	"github.com/ftagateway/ftagateway/deploy/ethereum/gethtest"
	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/translate"
)

// partner is a contract that knows nothing of this project, read by its mapping alone.
type partner struct {
	folder, contract string
	key              string    // as people spell it
	steps            []written // how the partner's own programs write versions 1, 2, ...
	finds            bool      // by an entry's number
}

// written is a step: the function, what it is given, and the body that the arguments are taken from.
type written struct {
	function  string
	arguments []string
	file      string // of the example's folder, and then
	more      ld.Object
	event     string // of the model, that it is read as
}

func partners() []partner {
	whole := []string{"key", "/state/certificate"}
	lodged := []string{"key", "/arguments/broker", "/arguments/entryNumber", "/arguments/declaration"}
	return []partner{
		{"certificate-registry", "CertificateRegistry", "CNM-2026-004417", []written{
			{"issue", whole, "issued.json", nil, "certify"},
			{"replace", whole, "issued.json", ld.Object{"again": "1"}, "replace"},
			{"revoke", []string{"key", "/arguments/reason"}, "revoked.json", nil, "withdraw"},
		}, false},
		{"entry-log", "EntryLog", "D-2026-000731", []written{
			{"lodge", lodged, "lodged.json", nil, "file"},
			{"correct", lodged, "lodged.json", ld.Object{"again": "1"}, "correct"},
			{"protest", []string{"key", "/arguments/broker", "/arguments/entryNumber"}, "lodged.json", ld.Object{"again": "2"}, "protest"},
		}, true},
	}
}

// bytes32 is the key as the driver spells it.
func (p partner) bytes32() string {
	return "0x" + hex.EncodeToString(common.RightPadBytes([]byte(p.key), 32))
}

func (p partner) file(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("../../examples/ethereum", p.folder, name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func (p partner) abi(t *testing.T) abi.ABI {
	t.Helper()
	parsed, err := abi.JSON(bytes.NewReader(p.file(t, p.contract+".abi.json")))
	if err != nil {
		t.Fatal(err)
	}
	return parsed
}

func (p partner) mapping(t *testing.T) *translate.Mapping {
	t.Helper()
	keys, err := translate.NewKeys(bytes.Repeat([]byte{7}, 32), newStore(t))
	if err != nil {
		t.Fatal(err)
	}
	m, err := translate.Load(os.DirFS(filepath.Join("../../examples/ethereum", p.folder)), "mapping.yaml",
		translate.Options{Policy: translate.Policy{Readers: translate.Permissioned}, Keys: keys})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// with adds members to the ledger section of a mapping, which says neither how fast the chain is final nor how it is
// written to.
func with(t *testing.T, section json.RawMessage, more ld.Object) json.RawMessage {
	t.Helper()
	var all ld.Object
	if err := json.Unmarshal(section, &all); err != nil {
		t.Fatal(err)
	}
	for name, v := range more {
		all[name] = v
	}
	data, err := json.Marshal(all)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// site is a partner's contract that stands on a chain.
type site struct {
	partner
	url string // of the ledger
	at  common.Address
	by  *sender
}

// TestPartnersByTheirMappingAlone reads two contracts of different shapes on a chain in this process.
func TestPartnersByTheirMappingAlone(t *testing.T) {
	for _, p := range partners() {
		t.Run(p.folder, func(t *testing.T) {
			p.isRead(t, onDevChain(t))
		})
	}
}

// onDevChain is whoever has the money of a chain in this process that makes a block for whosever transaction comes.
func onDevChain(t *testing.T) *sender {
	t.Helper()
	s := &sender{t: t, key: gethtest.Rich(t)}
	c, err := devchain.Open("", s.address())
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(c.Handler())
	s.endpoint = server.URL
	t.Cleanup(func() {
		server.Close()
		if err := c.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// TestPartnersOnGeth reads the same contracts on a real geth.
func TestPartnersOnGeth(t *testing.T) {
	n := gethtest.Start(t)
	for _, p := range partners() {
		t.Run(p.folder, func(t *testing.T) { p.isRead(t, &sender{t: t, endpoint: n.HTTP, key: gethtest.Rich(t)}) })
	}
}

// isRead: it passes what it describes, versions and authors come from the chain, what it cannot do is not offered, and what
// is derived is what the example says.
func (p partner) isRead(t *testing.T, by *sender) {
	s := p.stands(t, by)
	wire, kv, native := newCable(t, by.endpoint), newStore(t), with(t, p.mapping(t).Native(), ld.Object{"finality": "latest"})
	open := func(ctx context.Context) (driver.Ledger, error) {
		return driver.Open(ctx, strings.Replace(s.url, by.endpoint, wire.URL, 1), driver.Env{Native: native, Store: kv})
	}
	report := conformance.Test(t, conformance.Harness{Open: open, Reopen: open, Outage: wire.outage, NewKey: newKey, Keys: []string{p.bytes32()}},
		conformance.Options{Seed: 1})
	t.Logf("%+v", report.Summary)
	l, err := open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	if d := l.Describe(); d.Can(driver.AbilityAppend) || d.Can(driver.AbilityProve) || d.WriteMode != driver.WriteNone || d.Can(driver.AbilityFind) != p.finds {
		t.Errorf("%+v: offers what the mapping does not say, or not what it says", d)
	}
	s.derives(t, l)
}

// stands deploys the contract and has the partner's own programs write to it.
func (p partner) stands(t *testing.T, by *sender) *site {
	t.Helper()
	interfaces := p.abi(t)
	at := by.deploy(common.FromHex(string(bytes.TrimSpace(p.file(t, p.contract+".bin")))))
	if _, roles := interfaces.Methods["admit"]; roles {
		data, err := interfaces.Pack("admit", by.address(), [32]byte{1})
		if err != nil {
			t.Fatal(err)
		}
		by.send(devchain.Call{To: &at, Data: data})
	}
	s := &site{p, "ethereum+" + by.endpoint + "?contract=" + at.Hex(), at, by}
	for i, step := range p.steps {
		s.write(t, uint64(i), step, p.file(t, step.file))
	}
	return s
}

// write writes a version by one of the contract's functions, with arguments from a body.
func (s *site) write(t *testing.T, expect uint64, step written, body []byte) {
	t.Helper()
	var whole []any
	if err := json.Unmarshal(s.file(t, s.contract+".abi.json"), &whole); err != nil {
		t.Fatal(err)
	}
	native := with(t, s.mapping(t).Native(), ld.Object{"finality": "latest", "abi": whole,
		"append": ld.Object{"function": step.function, "arguments": step.arguments}})
	l, err := driver.Open(t.Context(), s.url, driver.Env{Native: native, Store: newStore(t), Signer: account.Local(s.by.key)})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	w := &driver.Write{Key: s.bytes32(), Expect: expect, Body: with(t, body, step.more)}
	if r, err := l.Append(t.Context(), w); err != nil || r.State == driver.Pending || r.Version != expect+1 {
		t.Fatalf("%s: %+v, %v", step.function, r, err)
	}
}
