package command_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/store"
	"github.com/ftagateway/ftagateway/cmd/fta/command"
	"github.com/ftagateway/ftagateway/conformance"
	"github.com/ftagateway/ftagateway/gateway"
	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/model/sample"
	"github.com/ftagateway/ftagateway/trust"
)

// broker is a partner with a chaincode of its own on a real Fabric network: examples/fabric-partner.
type broker struct {
	dir     string
	network string // folder
	uri     string // of the chaincode as a ledger
	number  string // of the declaration, as the chain keys it
}

// ourPrograms is how the broker's own programs write. The gateway's mapping only reads.
const ourPrograms = `{"entries": {"state": "{key}"}, "create": ["Lodge", "{key}", "{body}"], "update": ["Amend", "{key}", "{body}"], "writes": "checkThenWrite"}`

// example is where the broker's mapping and a declaration lie.
const example = "../../../examples/fabric-partner"

func newBroker(t *testing.T) *broker {
	t.Helper()
	network := os.Getenv("FTA_FABRIC")
	if network == "" {
		t.Skip("FTA_FABRIC names no folder of a Fabric network: make fabric starts one")
	}
	plain := fmt.Sprintf("ABC%07d", rand.Uint32()%10_000_000)
	b := &broker{dir: t.TempDir(), network: network, number: "ABC-" + plain[3:] + "-" + string(model.CheckDigit(plain))}
	b.writes(t, "Org1", 0, "LODGED")
	return b
}

func (b *broker) url(organization string) string {
	sdk := filepath.Join(b.network, "sdk", organization)
	q := url.Values{"channel": {"trade"}, "chaincode": {"declarations"}, "wallet": {filepath.Join(sdk, "wallet")}, "user": {"User1"}}
	return (&url.URL{Scheme: "fabric", Opaque: filepath.Join(sdk, "connection.yaml"), RawQuery: q.Encode()}).String()
}

// writes has a member of an organisation write the declaration's next version.
func (b *broker) writes(t *testing.T, organization string, expect uint64, phase string) {
	t.Helper()
	kept := store.Memory()
	defer kept.Close()
	l, err := driver.Open(t.Context(), b.url(organization), driver.Env{Store: kept.Sub("x"), Native: json.RawMessage(ourPrograms)})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	body := read(t, filepath.Join(example, "declaration.json"))
	body = strings.NewReplacer("ABC-2026110-5", b.number, "LODGED", phase).Replace(body)
	r, err := l.Append(t.Context(), &driver.Write{Key: b.number, Expect: expect, Body: []byte(body)})
	if err != nil || r.State != driver.Finally {
		t.Fatalf("%+v, %v", r, err)
	}
	b.uri = l.Describe().URI
}

// configure vouches for the broker's account on the network, and sets a gateway up.
func (b *broker) configure(t *testing.T) (config string) {
	t.Helper()
	issuer := ok(t, "keygen", filepath.Join(b.dir, "issuer.pem"))
	subject := sample.Participant(sample.Importer(), []model.ParticipantRole{{Role: model.RoleImporter, FilerCode: sample.FilerABC}},
		model.ParticipantKey{ID: ok(t, "keygen", filepath.Join(b.dir, "filer.pem")), Use: model.UseSigning})
	subject.ValidFrom, subject.ValidUntil = model.At(time.Now().Add(-time.Hour)), model.At(time.Now().Add(time.Hour))
	subject.Keys[0].ValidFrom, subject.Keys[0].ValidUntil = subject.ValidFrom, subject.ValidUntil
	subject.Accounts = []model.Account{{Kind: model.AccountEnrolment, ID: "Org1MSP:User1@org1.example.com", Ledger: b.uri, ValidFrom: subject.ValidFrom}}
	text, err := json.Marshal(subject)
	if err != nil {
		t.Fatal(err)
	}
	mkdir(t, filepath.Join(b.dir, "participants"))
	signed := ok(t, "sign", "--key", filepath.Join(b.dir, "issuer.pem"), "--type", "Participant", save(t, b.dir, "subject.json", string(text)))
	save(t, filepath.Join(b.dir, "participants"), "broker.json", signed)
	mapping, err := filepath.Abs(filepath.Join(example, "mapping.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	return save(t, b.dir, "gateway.yaml", fmt.Sprintf(`
listen: 127.0.0.1:0
participants: {folder: participants, issuers: [%q]}
ledgers:
  broker: {url: %q, policy: permissioned, mapping: %q, require: [schema, authority, versions], cache: {maxAge: 0s}}
`, issuer, b.url("Org1"), mapping))
}

// TestFabricBrokersChaincode has CBP read a broker's own chaincode by configuration alone: found by number, with a
// verdict that says whom the channel names as the author, and under ids that do not tell the number.
func TestFabricBrokersChaincode(t *testing.T) {
	b := newBroker(t)
	var ready struct{ Gateway string }
	s := started(t, &ready, "serve", "--config", b.configure(t))
	plain := strings.ReplaceAll(b.number, "-", "")
	id := ok(t, "find", plain, "--gateway", ready.Gateway)
	a := decode[gateway.Answer](t, b.shown(t, ready.Gateway+"/v1/ledgers/broker/records/"+id))
	b.isDerived(t, a, plain)
	run(t, "get", "entry", id, "--gateway", ready.Gateway).want(t, command.ExitOK, "outcome  valid", "status   filed")

	b.writes(t, "Org1", 1, "AMENDED")
	a = decode[gateway.Answer](t, b.shown(t, ready.Gateway+"/v1/ledgers/broker/records/"+id))
	if a.Version != 2 || a.Event != "correct" || a.Verdict.Assurance != trust.BySender {
		t.Errorf("%+v", a)
	}
	// Endorsed by both organisations as everything is, and written by somebody else.
	b.writes(t, "Org2", 2, "AMENDED")
	a = decode[gateway.Answer](t, b.shown(t, ready.Gateway+"/v1/ledgers/broker/records/"+id))
	if a.Version != 3 || a.Verdict.Outcome == trust.Valid || a.Verdict.Assurance == trust.BySender {
		t.Errorf("endorsement is not authorship: %+v", a.Verdict)
	}
	for _, path := range []string{"/v1/ledgers", "/v1/records?ledger=broker", "/v1/witness?ledger=broker", "/v1/ledgers/broker/records/" + id + "/versions"} {
		b.shown(t, ready.Gateway+path)
	}
	s.stop(t)
	for _, secret := range []string{b.number, plain} {
		if strings.Contains(s.log.String(), secret) {
			t.Errorf("the log tells %s:\n%s", secret, s.log)
		}
	}
}

// shown is an answer of the gateway, in which the chaincode's key never stands.
func (b *broker) shown(t *testing.T, url string) string {
	t.Helper()
	text := body(t, url)
	if strings.Contains(text, b.number) {
		t.Errorf("%s tells the ledger's key: %s", url, text)
	}
	return text
}

func (b *broker) isDerived(t *testing.T, a gateway.Answer, number string) {
	t.Helper()
	if a.Verdict.Outcome != trust.Valid || a.Verdict.Assurance != trust.BySender || a.Event != "file" || a.Record != nil || a.URI != b.uri {
		t.Fatalf("%+v", a)
	}
	var derived struct {
		Subject model.EntrySummary
		Author  struct{ ID string }
	}
	if err := json.Unmarshal(a.Derived, &derived); err != nil {
		t.Fatal(err)
	}
	if derived.Subject.EntryNumber != number || len(derived.Subject.Lines) != 1 || !strings.HasPrefix(derived.Author.ID, "Org1MSP:") {
		t.Errorf("%s", a.Derived)
	}
	for _, c := range a.Verdict.Checks {
		if c.Name == trust.Proof || c.Name == trust.Evidence || c.Name == trust.Inclusion {
			if c.Outcome != trust.NotOffered || c.Reason == "" {
				t.Errorf("%+v: nobody signed it, and the reason must say so", c)
			}
		}
	}
}

// TestFabricBrokersReport plays the suite by the command: what the chaincode cannot give is not offered, in words.
func TestFabricBrokersReport(t *testing.T) {
	b := newBroker(t)
	report := decode[conformance.Report](t, ok(t, "conformance", b.url("Org1"), "--mapping", filepath.Join(example, "mapping.yaml"), "--at", b.number, "--json"))
	if report.Summary.Fail != 0 || report.Summary.Pass < 20 {
		t.Errorf("%+v", report.Summary)
	}
	for _, c := range report.Cases {
		lacks := strings.HasPrefix(c.ID, "read/find") || strings.HasPrefix(c.ID, "proof/") || strings.HasPrefix(c.ID, "write/")
		if lacks && (c.Outcome != conformance.NotOffered || string(c.Needs) == "") {
			t.Errorf("%s is %s (%q)", c.ID, c.Outcome, string(c.Needs))
		}
	}
}
