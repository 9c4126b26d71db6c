package command_test

import (
	"encoding/json"
	"fmt"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/memory"
	"github.com/ftagateway/ftagateway/adapters/remote/ledgerhttp"
	"github.com/ftagateway/ftagateway/cmd/fta/command"
	"github.com/ftagateway/ftagateway/gateway"
	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/model/sample"
	"github.com/ftagateway/ftagateway/trust"
)

// chainOfStatus is how a partner's chain keeps what became of its entries: under the entry's number.
const chainOfStatus = `mapping: entry-status
version: 1
type: EntrySummary
find: {/subject/entryNumber: {key: true}}
shape:
  - {model: /event, native: /status, table: {file: FILED, withdraw: WITHDRAWN}}
  - {model: /issued, native: /changed, format: {epoch: seconds}}
examples:
  - {name: filed, native: {status: FILED, changed: 1795132800}}
`

// vendor is a ledger of a shape of its own, behind the ledger protocol.
type vendor struct {
	dir   string
	chain *memory.Ledger
	url   string
}

func newVendor(t *testing.T) *vendor {
	t.Helper()
	v := &vendor{dir: t.TempDir(), chain: memory.New(memory.Options{ForTesting: true})}
	server := httptest.NewServer(ledgerhttp.New(v.chain, ledgerhttp.Options{}))
	t.Cleanup(func() {
		server.Close()
		_ = v.chain.Close()
	})
	v.url = "ledger+" + server.URL
	if _, err := v.chain.Append(t.Context(), &driver.Write{Key: sample.EntryUSMCA, Body: []byte(`{"status":"FILED","changed":1795132800}`)}); err != nil {
		t.Fatal(err)
	}
	return v
}

// vouch has an issuer say whose account on the chain it is, and gives the issuer.
func (v *vendor) vouch(t *testing.T) (issuer string) {
	t.Helper()
	issuer = ok(t, "keygen", filepath.Join(v.dir, "issuer.pem"))
	subject := sample.Participant(sample.Importer(), []model.ParticipantRole{{Role: model.RoleImporter}},
		model.ParticipantKey{ID: ok(t, "keygen", filepath.Join(v.dir, "filer.pem")), Use: model.UseSigning})
	subject.ValidFrom, subject.ValidUntil = model.At(time.Now().Add(-time.Hour)), model.At(time.Now().Add(time.Hour))
	subject.Keys[0].ValidFrom, subject.Keys[0].ValidUntil = subject.ValidFrom, subject.ValidUntil
	subject.Accounts = []model.Account{{Kind: v.chain.Author().Kind, ID: v.chain.Author().ID, Ledger: v.chain.Describe().URI, ValidFrom: subject.ValidFrom}}
	text, err := json.Marshal(subject)
	if err != nil {
		t.Fatal(err)
	}
	mkdir(t, filepath.Join(v.dir, "participants"))
	signed := ok(t, "sign", "--key", filepath.Join(v.dir, "issuer.pem"), "--type", "Participant", save(t, v.dir, "subject.json", string(text)))
	save(t, filepath.Join(v.dir, "participants"), "importer.json", signed)
	return issuer
}

func (v *vendor) configure(t *testing.T, issuer, mapping, more string) string {
	t.Helper()
	save(t, v.dir, "status.yaml", mapping)
	return save(t, v.dir, "gateway.yaml", fmt.Sprintf(`
listen: 127.0.0.1:0
participants: {folder: participants, issuers: [%q]}
ledgers:
  partner: {url: %q, policy: permissioned, mapping: status.yaml%s}
`, issuer, v.url, more))
}

// A ledger whose shape is its vendor's own is read by a mapping file: what stands there is derived, its sender is known, and
// nobody is said to have signed it.
func TestServeOverALedgerOfAnotherShape(t *testing.T) {
	v := newVendor(t)
	config := v.configure(t, v.vouch(t), chainOfStatus, "")
	var ready struct{ Gateway string }
	s := started(t, &ready, "serve", "--config", config)

	id := ok(t, "find", sample.EntryUSMCA, "--gateway", ready.Gateway)
	text := body(t, ready.Gateway+"/v1/ledgers/partner/records/"+id)
	if strings.Contains(text, sample.EntryUSMCA) {
		t.Errorf("the answer tells the ledger's key: %s", text)
	}
	a := decode[gateway.Answer](t, text)
	if a.Verdict.Outcome != trust.Valid || a.Verdict.Assurance != trust.BySender || a.Event != "file" || a.Record != nil {
		t.Errorf("%+v", a)
	}
	var derived struct {
		Event, Issued string
		Author        struct{ ID string }
		DerivedFrom   struct{ Ledger, NativeDigest, MappingDigest string }
	}
	if err := json.Unmarshal(a.Derived, &derived); err != nil {
		t.Fatal(err)
	}
	if derived.Event != "file" || derived.Issued != "2026-11-20T00:00:00Z" || derived.Author.ID != v.chain.Author().ID ||
		derived.DerivedFrom.Ledger != v.chain.Describe().URI || derived.DerivedFrom.MappingDigest != a.Verdict.Mapping {
		t.Errorf("%s", a.Derived)
	}
	for _, never := range []string{`"issuer"`, `"proof":`, `"previous"`} {
		if strings.Contains(string(a.Derived), never) {
			t.Errorf("%s was made up: %s", never, a.Derived)
		}
	}
	run(t, "get", "entry", id, "--gateway", ready.Gateway).want(t, command.ExitOK, "outcome  valid", "status   filed")
	s.stop(t)

	again := started(t, &ready, "serve", "--config", config)
	if after := ok(t, "find", sample.EntryUSMCA, "--gateway", ready.Gateway); after != id {
		t.Errorf("the id was %s and is %s", id, after)
	}
	again.stop(t)
	v.keepsItsSecret(t)
}

func (v *vendor) keepsItsSecret(t *testing.T) {
	t.Helper()
	info, err := os.Stat(filepath.Join(v.dir, "data", "keys", "partner.secret"))
	if err != nil || info.Mode().Perm() != 0o600 || info.Size() < 32 {
		t.Errorf("%v, %v", info, err)
	}
}

// A mapping that is wrong, or that the ledger's policy forbids, keeps the gateway from starting: with its file, line and
// rule, beside the key of the configuration.
func TestServeRefusesWrongMappings(t *testing.T) {
	v := newVendor(t)
	issuer := v.vouch(t)
	save(t, v.dir, "short.secret", "too short")
	named := strings.Replace(chainOfStatus, "shape:\n", "shape:\n  - {native: /memo}\n", 1)
	for name, c := range map[string]struct {
		mapping, more string
		want          []string
	}{
		"a word it does not know": {strings.Replace(chainOfStatus, "shape:", "shapes:", 1), "",
			[]string{"ledgers.partner.mapping: status.yaml:5", `"shapes"`, `did you mean "shape"`}},
		"a path that there is not": {strings.Replace(chainOfStatus, "/issued", "/isued", 1), "", []string{"status.yaml:7", "issued"}},
		"what the policy forbids":  {named, "", []string{"ledgers.partner.mapping: status.yaml:6", "policy (permissioned)"}},
		"a proof of nobody's":      {chainOfStatus, ", require: [schema, proof]", []string{"ledger partner", `require "proof"`, "nobody signed"}},
		"a secret that is short":   {chainOfStatus, ", keySecret: short.secret", []string{"ledgers.partner.keySecret", "32"}},
		"a secret that is not":     {chainOfStatus, ", keySecret: no.secret", []string{"ledgers.partner.keySecret", "no.secret"}},
	} {
		t.Run(name, func(t *testing.T) {
			run(t, "serve", "--config", v.configure(t, issuer, c.mapping, c.more)).
				want(t, command.ExitUsage, c.want...)
		})
	}
	allowed := v.configure(t, issuer, named, ", allow: ['native:/memo']")
	var ready struct{ Gateway string }
	started(t, &ready, "serve", "--config", allowed).stop(t)
}

// A second gateway reads the chain through the first, by the same mapping and the same secret: it gives a record the same
// id, and judges for itself. Its participants know the sender, so that the chain's word of it counts there too.
func TestALedgerOfAnotherShapeThroughAGateway(t *testing.T) {
	v := newVendor(t)
	issuer := v.vouch(t)
	save(t, v.dir, "partner.secret", strings.Repeat("s", 32))
	var first, second struct{ Gateway string }
	near := started(t, &first, "serve", "--config", v.configure(t, issuer, chainOfStatus, ", keySecret: partner.secret"))
	v.url = "ledger+" + first.Gateway + "/v1/ledgers/partner/native/"
	far := started(t, &second, "serve", "--config", v.configure(t, issuer, chainOfStatus, ", keySecret: partner.secret"),
		"--data", filepath.Join(v.dir, "second"))

	id := ok(t, "find", sample.EntryUSMCA, "--gateway", first.Gateway)
	if through := ok(t, "find", sample.EntryUSMCA, "--gateway", second.Gateway); through != id {
		t.Errorf("%s through the first gateway, %s at it", through, id)
	}
	a := decode[gateway.Answer](t, body(t, second.Gateway+"/v1/ledgers/partner/records/"+id))
	if a.Verdict.Outcome != trust.Valid || a.Verdict.Assurance != trust.BySender || a.URI != v.chain.Describe().URI {
		t.Errorf("%+v", a)
	}
	far.stop(t)
	near.stop(t)
}
