package command_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/cmd/fta/command"
	"github.com/ftagateway/ftagateway/gateway"
	"github.com/ftagateway/ftagateway/trust"
)

// The tour of the demonstration, as a visitor takes it: each entry by its number, and what its file says.
func TestTour(t *testing.T) {
	w := theWorld(t)
	for _, c := range []struct {
		entry   string
		code    int
		outcome trust.Outcome
		status  string
		claims  []string // of the lines
		words   []string // printed for a person
	}{
		{"usmca-entry", command.ExitOK, trust.Valid, "accepted", []string{"claimed", "claimed", "noClaim"},
			[]string{"EntrySummary correct", "warning ledger-contradicted: ledger dishonest"}},
		{"usmca-entry-second", command.ExitOK, trust.Valid, "filed", []string{"claimed"}, []string{"ledger-contradicted"}},
		{"nafta-entry", command.ExitInvalid, trust.Invalid, "accepted", []string{"claimed", "claimed"},
			[]string{"digest is not the recorded one", "fta: the verdict is invalid"}},
		{"cafta-dr-entry", command.ExitOK, trust.Valid, "accepted", []string{"claimed"}, nil},
		{"rejected-entry", command.ExitOK, trust.Valid, "rejected", []string{"awaitingCertificate"},
			[]string{"EntryDisposition reject", "certificate-awaited"}},
		{"ethereum-entry", command.ExitOK, trust.Valid, "accepted", []string{"claimed"},
			[]string{"CertificateOfOrigin certify", "on exporter at height"}},
	} {
		t.Run(c.entry, func(t *testing.T) {
			e := w.entry(t, c.entry)
			if id := ok(t, w.at("find", e.Number)...); id != e.ID {
				t.Fatalf("found %s, filed as %s", id, e.ID)
			}
			plain := run(t, w.at("get", "entry", e.ID)...)
			plain.want(t, c.code, append(c.words, "outcome  "+string(c.outcome), "status   "+c.status)...)

			r := run(t, w.at("get", "entry", "--json", e.ID)...)
			r.want(t, c.code)
			file := decode[gateway.EntryFile](t, r.out)
			if file.EntryID != e.ID || file.Outcome != c.outcome || file.Status != c.status || !slices.Equal(claims(file), c.claims) {
				t.Errorf("%s: %s, %s, lines %v; want %s, %s, %v", file.EntryID, file.Outcome, file.Status, claims(file),
					c.outcome, c.status, c.claims)
			}
		})
	}
}

func claims(f gateway.EntryFile) []string {
	var all []string
	for _, l := range f.Lines {
		all = append(all, l.ClaimStatus)
	}
	return all
}

// One certificate covers several lines and two entries; another came under the id that its entry had reserved.
func TestCertificatesOfTheTour(t *testing.T) {
	w := theWorld(t)
	first, second := w.open(t, "usmca-entry"), w.open(t, "usmca-entry-second")
	shared := w.Records["usmca-certificate"]
	for i, line := range []gateway.LineStatus{first.Lines[0], first.Lines[1], second.Lines[0]} {
		if line.Certificate != shared || line.Outcome != trust.Valid {
			t.Errorf("claim %d stands on %s, %s; want %s, valid", i, line.Certificate, line.Outcome, shared)
		}
	}
	if late := w.open(t, "cafta-dr-entry").Lines[0]; late.Certificate != w.Records["cafta-dr-certificate"] || late.Outcome != trust.Valid {
		t.Errorf("the late certificate: %+v", late)
	}
	if awaited := w.open(t, "rejected-entry").Lines[0]; awaited.Outcome != trust.Undetermined {
		t.Errorf("the certificate that never came: %+v", awaited)
	}
}

// A certificate on an exporter's own chain, of another kind than the entry's ledger, is read with everything that is asked of
// one there: who signed it, whether the version is the newest, and its document.
func TestTheCertificateOnEthereum(t *testing.T) {
	w := theWorld(t)
	id := w.Records["ethereum-certificate"]
	a := decode[gateway.Answer](t, body(t, w.Gateway+"/v1/ledgers/exporter/records/"+id))
	if a.Verdict.Outcome != trust.Valid || a.Verdict.Assurance != trust.ByIssuer || !strings.HasPrefix(a.URI, "eip155:1337:0x") {
		t.Errorf("%+v, %s", a.Verdict, a.URI)
	}
	if line := w.open(t, "ethereum-entry").Lines[0]; line.Certificate != id || line.Outcome != trust.Valid {
		t.Errorf("the claim stands on %+v, want %s", line, id)
	}
	state := decode[gateway.LedgerState](t, body(t, w.Gateway+"/v1/ledgers/exporter"))
	if state.WriteMode != string(driver.WriteNone) || !strings.Contains(state.Finality, "newest block") {
		t.Errorf("customs may write there, or is not told what is final: %+v", state)
	}
}

// open reads an entry file, whatever its verdict.
func (w *world) open(t *testing.T, name string) gateway.EntryFile {
	t.Helper()
	return decode[gateway.EntryFile](t, run(t, w.at("get", "entry", "--json", w.entry(t, name).ID)...).out)
}

// A node that alters a record, and one that takes a version back, are told from one that tells the truth.
func TestDishonestNode(t *testing.T) {
	w := theWorld(t)
	for _, c := range []struct{ entry, check, reason string }{
		{"usmca-entry-second", trust.Proof, "signature"},
		{"usmca-entry", trust.Versions, "version 2 was seen"},
	} {
		t.Run(c.entry, func(t *testing.T) {
			id := w.entry(t, c.entry).ID
			run(t, w.at("get", "entry", id)...).want(t, command.ExitOK) // what the other node shows counts
			run(t, w.at("get", "record", "--ledger", "trade", id)...).want(t, command.ExitOK, "valid        EntrySummary")
			run(t, w.at("get", "record", "--ledger", "dishonest", id)...).want(t, command.ExitInvalid, c.reason)

			r := run(t, w.at("get", "record", "--json", "--ledger", "dishonest", id)...)
			r.want(t, command.ExitInvalid)
			a := decode[gateway.Answer](t, r.out)
			i := slices.IndexFunc(a.Verdict.Checks, func(c2 trust.Check) bool { return c2.Name == c.check })
			if a.Verdict.Outcome != trust.Invalid || i < 0 || a.Verdict.Checks[i].Outcome != trust.Invalid {
				t.Errorf("%s is not invalid: %+v", c.check, a.Verdict)
			}
			if a.Record != nil || a.Document != nil {
				t.Error("the content of what is invalid is shown")
			}
		})
	}
}

// What the dishonest node did is told to who watches the gateway: two facts, however often they were read, and none of another
// ledger.
func TestDishonestNodeIsCounted(t *testing.T) {
	w := theWorld(t)
	for range 3 {
		for _, entry := range []string{"usmca-entry", "usmca-entry-second"} {
			run(t, w.at("get", "record", "--ledger", "dishonest", w.entry(t, entry).ID)...).want(t, command.ExitInvalid)
		}
	}
	text := body(t, w.Gateway+"/metrics")
	for _, line := range []string{`altered",ledger="dishonest"} 1`, `rolled-back",ledger="dishonest"} 1`, `vanished",ledger="dishonest"} 0`,
		`altered",ledger="trade"} 0`, `rolled-back",ledger="trade"} 0`, `vanished",ledger="cbp"} 0`} {
		if line = `fta_ledger_contradictions_total{kind="` + line; !strings.Contains(text, line+"\n") {
			t.Errorf("no line %s", line)
		}
	}
}

// What is invalid is shown only to who asks for it, and then as a person can read it.
func TestContent(t *testing.T) {
	w := theWorld(t)
	id := w.entry(t, "usmca-entry-second").ID
	dishonest := w.at("get", "record", "--ledger", "dishonest", id)
	if r := run(t, dishonest...); strings.Contains(r.out, `"issuer"`) {
		t.Errorf("shown without being asked for:\n%s", r.out)
	}
	run(t, append(dishonest, "--invalid")...).want(t, command.ExitInvalid, "\nrecord\n{\n", `  "issuer": "did:key:`)
	run(t, w.at("get", "record", w.entry(t, "cafta-dr-entry").ID)...).want(t, command.ExitOK, "\nrecord\n{\n", "\ndocument\n{\n")
}

// A record is read from all ledgers at once, and the worst of them counts.
func TestRecordEverywhere(t *testing.T) {
	w := theWorld(t)
	r := run(t, w.at("get", "record", "--json", w.entry(t, "usmca-entry").ID)...)
	r.want(t, command.ExitInvalid)
	if all := decode[gateway.RecordAnswer](t, r.out); len(all.Answers) != 2 || len(all.Sources) != 4 {
		t.Errorf("%d answers of %d ledgers", len(all.Answers), len(all.Sources))
	}
	run(t, w.at("get", "record", w.Records["cafta-dr-certificate"])...).want(t, command.ExitOK, "CertificateOfOrigin certify")
}
