package command_test

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/crypto"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/ethereum/account"
	"github.com/ftagateway/ftagateway/adapters/store"
	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/model/sample"
	"github.com/ftagateway/ftagateway/translate"
)

// write has a partner's own program write what an example's file says, by one of the contract's functions. The mapping
// only reads: this is its ledger section with a function to write by.
func (c *contracts) write(t *testing.T, on contractAt, function, file string, arguments ...string) {
	t.Helper()
	m, err := translate.Open(filepath.Join(contractExamples, on.example, "mapping.yaml"), translate.Options{ReadOnly: true, Policy: translate.Policy{Readers: translate.Permissioned}})
	if err != nil {
		t.Fatal(err)
	}
	section := decode[ld.Object](t, string(m.Native()))
	section["finality"], section["append"] = "latest", ld.Object{"function": function, "arguments": arguments}
	section["abi"] = decode[[]any](t, read(t, filepath.Join(contractExamples, on.example, on.name+".abi.json")))
	native, err := json.Marshal(section)
	if err != nil {
		t.Fatal(err)
	}
	kept := store.Memory()
	defer kept.Close()
	l, err := driver.Open(t.Context(), on.url(c.endpoint), driver.Env{Native: native, Store: kept.Sub("ledger"), Signer: account.Local(c.key)})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	body := read(t, filepath.Join(contractExamples, on.example, file))
	if r, err := l.Append(t.Context(), &driver.Write{Key: "0x" + on.bytes32(), Body: []byte(body)}); err != nil || r.State == driver.Pending {
		t.Fatalf("%s: %+v, %v", function, r, err)
	}
}

// configure names both ledgers. The examples' mappings leave finality to the chain's consensus; a development chain is
// final at once, or never within a test.
func (c *contracts) configure(t *testing.T) string {
	t.Helper()
	for _, on := range []contractAt{c.chamber, c.brokers} {
		mapping := read(t, filepath.Join(contractExamples, on.example, "mapping.yaml"))
		final := strings.Replace(mapping, "\nledger:\n", "\nledger:\n  finality: latest\n", 1)
		if final == mapping {
			t.Fatalf("%s has no ledger section", on.example)
		}
		save(t, c.dir, on.example+".yaml", final)
	}
	return save(t, c.dir, "gateway.yaml", fmt.Sprintf(`
listen: 127.0.0.1:0
participants: {folder: participants, issuers: [%q]}
ledgers:
  chamber: {url: %q, policy: permissioned, mapping: certificate-registry.yaml}
  brokers: {url: %q, policy: permissioned, mapping: entry-log.yaml}
`, c.vouch(t), c.chamber.url(c.endpoint), c.brokers.url(c.endpoint)))
}

// vouch has an issuer bind the account on either ledger to a party with the role there, and gives the issuer.
func (c *contracts) vouch(t *testing.T) (issuer string) {
	t.Helper()
	issuer = ok(t, "keygen", filepath.Join(c.dir, "issuer.pem"))
	mkdir(t, filepath.Join(c.dir, "participants"))
	c.bind(t, "exporter", sample.MexicanProducer(), model.ParticipantRole{Role: model.RoleExporter}, c.chamber)
	c.bind(t, "importer", sample.Importer(), model.ParticipantRole{Role: model.RoleImporter, FilerCode: sample.FilerABC}, c.brokers)
	return issuer
}

func (c *contracts) bind(t *testing.T, name string, party model.Party, role model.ParticipantRole, on contractAt) {
	t.Helper()
	subject := sample.Participant(party, []model.ParticipantRole{role})
	subject.ValidFrom, subject.ValidUntil = model.At(time.Now().Add(-time.Hour)), model.At(time.Now().Add(time.Hour))
	subject.Accounts = []model.Account{{Kind: model.AccountAddress, ID: strings.ToLower(crypto.PubkeyToAddress(c.key.PublicKey).Hex()),
		Ledger: on.uri(), ValidFrom: subject.ValidFrom}}
	text, err := json.Marshal(subject)
	if err != nil {
		t.Fatal(err)
	}
	signed := ok(t, "sign", "--key", filepath.Join(c.dir, "issuer.pem"), "--type", "Participant", save(t, c.dir, name+".json", string(text)))
	save(t, filepath.Join(c.dir, "participants"), name+".json", signed)
}
