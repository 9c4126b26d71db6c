package command_test

import (
	"fmt"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/ftagateway/ftagateway/cmd/fta/command"
	"github.com/ftagateway/ftagateway/gateway"
	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/model/sample"
)

// partner is everything that a partner and CBP arrange between them from the command line alone, in one folder.
type partner struct {
	dir                    string
	node                   struct{ Ledger, Address string }
	evidence               struct{ BaseURL, Address string }
	gateway                struct{ Gateway string }
	issuer, filer, lookups string // did:keys
}

// arrange makes keys, starts a node, an evidence server and a gateway over a configuration written by hand, and hands
// CBP the key to the filer's collection.
func arrange(t *testing.T) *partner {
	t.Helper()
	p := &partner{dir: t.TempDir()}
	for _, name := range []string{"root", "transport", "capability"} {
		ok(t, "keygen", p.file(name+".pem"))
	}
	ok(t, "keygen", "--lookup", p.file("cbp-lookup.pem"))
	p.issuer, p.filer = ok(t, "keygen", p.file("issuer.pem")), ok(t, "keygen", p.file("filer.pem"))
	p.lookups = ok(t, "keygen", "--lookup", p.file("filer-lookup.pem"))

	started(t, &p.node, "node", "--home", p.file("node"), "--listen", "127.0.0.1:0", "--approved", p.file("transport.pem"))
	started(t, &p.evidence, "evidence", "--data", p.file("evidence"), "--listen", "127.0.0.1:0", "--root", p.file("root.pem"))
	p.vouch(t)
	started(t, &p.gateway, "serve", "--config", p.configure(t))

	collection := ok(t, "evidence", "collection", "--root", p.file("root.pem"), "--base-url", p.evidence.BaseURL, "--issuer", p.filer)
	save(t, p.dir, "collection.json", collection)
	r := run(t, "evidence", "admit", "--collection", p.file("collection.json"), "--key", p.file("filer.pem"),
		"--reader", p.file("capability.pem"), "--gateway", p.gateway.Gateway)
	r.want(t, command.ExitOK, "handed over: urn:uuid:")
	save(t, p.dir, "admission.json", r.out)
	return p
}

func (p *partner) file(name string) string { return filepath.Join(p.dir, name) }

// vouch has the participant issuer sign who the filer is.
func (p *partner) vouch(t *testing.T) {
	t.Helper()
	subject := ok(t, "sign", "--sample", "--type", "Participant")
	subject = strings.ReplaceAll(subject, "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK", p.filer)
	subject = strings.ReplaceAll(subject, "did:key:z6LSbysY2xFMRpGMhb7tFTLMpeuPRaqaWM1yECx2AtzE3KCc", p.lookups)
	document := ok(t, "sign", "--key", p.file("issuer.pem"), "--type", "Participant", save(t, p.dir, "participant.json", subject))
	mkdir(t, p.file("participants"))
	save(t, p.file("participants"), "filer.json", document)
}

func (p *partner) configure(t *testing.T) string {
	return save(t, p.dir, "gateway.yaml", fmt.Sprintf(`
listen: 127.0.0.1:0
participants: {folder: participants, issuers: [%q]}
keys: {capability: capability.pem, lookup: cbp-lookup.pem, transport: transport.pem}
ledgers:
  trade: {url: "webledger+http://%s", require: [schema, proof, authority, versions, evidence]}
evidence: {allowPrivate: [127.0.0.0/8]}
`, p.issuer, p.node.Address))
}

// signed signs a sample, changed as told, and gives the file of the document.
func (p *partner) signed(t *testing.T, documentType string, changes ...func(string) string) (document string) {
	t.Helper()
	subject := ok(t, "sign", "--sample", "--type", documentType)
	for _, change := range changes {
		subject = change(subject)
	}
	file := save(t, p.dir, documentType+".json", subject)
	return save(t, p.dir, documentType+".signed.json", ok(t, "sign", "--key", p.file("filer.pem"), "--type", documentType, file))
}

// submit files a document as this partner.
func (p *partner) submit(document string, more ...string) []string {
	return append([]string{"submit", document, "--ledger", "trade", "--key", p.file("filer.pem"), "--collection", p.file("collection.json"),
		"--lookup", p.file("filer-lookup.pem"), "--customs", p.file("cbp-lookup.pem"), "--gateway", p.gateway.Gateway}, more...)
}

func (p *partner) at(args ...string) []string { return append(args, "--gateway", p.gateway.Gateway) }

// A partner's own way, from its first key to a valid entry, with no program but this one.
func TestPartnersOwnWay(t *testing.T) {
	p := arrange(t)
	receipt := decode[gateway.SubmissionReceipt](t, ok(t, p.submit(p.signed(t, "CertificateOfOrigin"), "--json", "--out", p.file("certificate.record.json"))...))
	if receipt.State != "final" || receipt.Version != 1 || receipt.Ledger != "trade" || receipt.URI != p.node.Ledger {
		t.Fatalf("%+v", receipt)
	}
	ok(t, p.submit(p.signed(t, "EntrySummary", p.certified(t)), "--out", p.file("summary.record.json"))...)

	id := ok(t, p.at("find", sample.EntryCAFTADR)...)
	run(t, p.at("get", "entry", id)...).want(t, command.ExitOK, "outcome  valid", "status   filed", "line 1   claimed", receipt.Record+" valid")
	run(t, p.at("verify", "--document", p.file("EntrySummary.signed.json"), "--record", p.file("summary.record.json"))...).want(t, command.ExitOK)

	t.Run("the same record again answers the first receipt", func(t *testing.T) { p.submitsAgain(t) })
	t.Run("an id that is taken is a conflict, which nobody mends", func(t *testing.T) {
		run(t, p.submit(p.signed(t, "CertificateOfOrigin"), "--id", receipt.Record)...).want(t, command.ExitFailed, "Something else was first")
	})
	t.Run("a certificate is replaced by its next version", func(t *testing.T) {
		ok(t, p.submit(p.signed(t, "CertificateOfOrigin", remarked), "--update", receipt.Record)...)
		run(t, p.at("get", "record", receipt.Record)...).want(t, command.ExitOK, "CertificateOfOrigin replace", "version 2")
		run(t, p.at("get", "entry", id)...).want(t, command.ExitOK, "superseded")
	})
	t.Run("who is admitted no longer reads no more", func(t *testing.T) { p.revokes(t, id) })
}

// certified names the certificate that was filed, in the place of the one that the sample awaits.
func (p *partner) certified(t *testing.T) func(string) string {
	t.Helper()
	r := decode[model.Record](t, read(t, p.file("certificate.record.json")))
	pin := fmt.Sprintf(`"certificate": {"ledger": %q, "version": %d, "digest": %q, "id": %q}`, r.Ledger, r.Version, r.Digest, r.ID)
	return func(subject string) string { return awaited.ReplaceAllString(subject, pin) }
}

var awaited = regexp.MustCompile(`"certificateExpected": \{[^}]*\}`)

func remarked(subject string) string {
	return strings.Replace(subject, `"goods"`, `"remarks": "Replaced.", "goods"`, 1)
}

// submitsAgain submits a record that was filed, as somebody does who did not hear the answer.
func (p *partner) submitsAgain(t *testing.T) {
	document, record := p.file("CertificateOfOrigin.signed.json"), p.file("certificate.record.json")
	again := p.at("submit", "--json", document, "--ledger", "trade", "--record", record)
	first, second := ok(t, again...), ok(t, again...)
	if first != second {
		t.Errorf("%s\nand then\n%s", first, second)
	}
	if r := decode[gateway.SubmissionReceipt](t, first); r.State != "final" || r.Version != 1 {
		t.Errorf("%+v", r)
	}
	run(t, p.at("submit", p.file("EntrySummary.signed.json"), "--ledger", "trade", "--record", record)...).
		want(t, command.ExitUsage, "the record is refused:", "/digest")
	run(t, p.at("submit", document, "--ledger", "trade", "--record", document)...).want(t, command.ExitUsage, "the record is refused:")
}

// revokes takes back what CBP was handed.
func (p *partner) revokes(t *testing.T, id string) {
	revoke := []string{"evidence", "revoke", "--capability", p.file("admission.json"), "--key"}
	run(t, append(revoke, p.file("transport.pem"))...).want(t, command.ExitUsage, "evidence: refused")
	run(t, p.at("get", "entry", id)...).want(t, command.ExitOK)
	run(t, append(revoke, p.file("filer.pem"), "--json")...).want(t, command.ExitOK, `"revoked": "urn:uuid:`)
	run(t, p.at("get", "entry", id)...).want(t, command.ExitUndetermined, "evidence   undetermined")
}

// What is refused is refused before anything is filed, and told with every fault.
func TestSubmitRefuses(t *testing.T) {
	p := arrange(t)
	summary := p.signed(t, "EntrySummary")
	altered := save(t, p.dir, "altered.json", strings.Replace(read(t, summary), `"entryType":"01"`, `"entryType":"99"`, 1))
	ok(t, "keygen", p.file("stranger.pem"))
	for _, c := range []struct {
		name string
		line []string
		code int
		want string
	}{
		{"a rule is broken", p.submit(altered), command.ExitUsage, "/credentialSubject/entryType \"99\""},
		{"no lookup key", without(p.submit(summary), "--lookup"), command.ExitUsage, "needs the filer's lookup key"},
		{"no such ledger", append(p.submit(summary), "--ledger", "nosuch"), command.ExitUsage, "No such ledger"},
		{"a stranger's key", append(p.submit(summary), "--key", p.file("stranger.pem")), command.ExitUsage, "evidence: refused"},
		{"a lookup key for another", append(p.submit(summary), "--customs", p.filer), command.ExitUsage, "must be an X25519 key"},
		{"no collection", append(p.submit(summary), "--collection", summary), command.ExitUsage, "is no capability"},
		{"no network", append(p.submit(summary), "--allow-private", "home"), command.ExitUsage, "--allow-private \"home\""},
		{"the evidence server may not be called", append(p.submit(summary), "--allow-private", "10.0.0.0/8"), command.ExitUsage, "evidence: address-blocked"},
		{"a step that is none", append(p.submit(summary), "--event", "celebrate"), command.ExitUsage, "celebrate"},
		{"a step too early", append(p.submit(summary), "--event", "correct"), command.ExitUsage, "correct"},
		{"nothing to follow", append(p.submit(summary), "--update", model.NewID()), command.ExitNotFound, "fta: "},
		{"nowhere to write it", append(p.submit(summary), "--out", p.file("nosuch/record.json")), command.ExitUsage, "no such file"},
		{"no gateway", append(p.submit(summary), "--gateway", "http://127.0.0.1:1"), command.ExitUndetermined, "does not answer"},
	} {
		t.Run(c.name, func(t *testing.T) { run(t, c.line...).want(t, c.code, c.want) })
	}
	run(t, p.at("find", sample.EntryCAFTADR)...).want(t, command.ExitNotFound)
}

// A record whose answer was not heard is not lost: the command says how to submit the very same again.
func TestSubmitToAGatewayThatIsGone(t *testing.T) {
	p := arrange(t)
	gone := p.at("submit", p.signed(t, "CertificateOfOrigin"), "--ledger", "trade", "--record", p.file("record.json"))
	ok(t, p.submit(p.file("CertificateOfOrigin.signed.json"), "--out", p.file("record.json"))...)
	run(t, append(gone, "--gateway", "http://127.0.0.1:1")...).want(t, command.ExitUndetermined, "submit the same record again: --record "+p.file("record.json"))
	ok(t, gone...)
}
