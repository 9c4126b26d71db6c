package command_test

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/ftagateway/ftagateway/cmd/fta/command"
	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/trust/proof"
)

// Every type has a sample that is right, and what is signed of it is a document with the signer's proof.
func TestSign(t *testing.T) {
	dir := t.TempDir()
	key := filepath.Join(dir, "issuer.pem")
	issuer := ok(t, "keygen", key)
	for _, documentType := range []string{"EntrySummary", "CertificateOfOrigin", "EntryDisposition", "Participant"} {
		for _, suite := range []string{proof.JCS2022, proof.RDFC2022} {
			t.Run(documentType+" "+suite, func(t *testing.T) {
				subject := save(t, dir, documentType+".json", ok(t, "sign", "--sample", "--type", documentType))
				signedBy(t, issuer, documentType, suite, ok(t, "sign", "--key", key, "--type", documentType, "--suite", suite, subject))
			})
		}
	}
}

// signedBy holds a text to be a document of a type, with the proof of its issuer.
func signedBy(t *testing.T, issuer, documentType, suite, text string) {
	t.Helper()
	d, err := model.ParseDocument([]byte(text))
	if err != nil || d.Type != documentType || d.Issuer != issuer {
		t.Fatalf("%+v, %v", d, err)
	}
	if s, err := proof.Verify(d.Object, proof.AssertionMethod); err != nil || s.Key != issuer || s.Suite != suite {
		t.Errorf("%+v, %v", s, err)
	}
}

// Standard input is taken as a file is.
func TestSignFromStandardInput(t *testing.T) {
	key := filepath.Join(t.TempDir(), "issuer.pem")
	ok(t, "keygen", key)
	subject := ok(t, "sign", "--sample", "--type", "CertificateOfOrigin")
	r := runWith(t, subject, "sign", "--key", key, "--type", "CertificateOfOrigin", "-")
	r.want(t, command.ExitOK, `"type":["VerifiableCredential","CertificateOfOrigin"]`)
}

// Every fault has a line of its own with pointer, value and rule. Nothing is signed.
func TestSignListsFaults(t *testing.T) {
	dir := t.TempDir()
	key := filepath.Join(dir, "issuer.pem")
	ok(t, "keygen", key)
	right := ok(t, "sign", "--sample", "--type", "EntrySummary")
	for _, c := range []struct {
		name, subject string
		want          []string
	}{
		{"nothing is there", "{}", []string{"\n  /entryNumber: must be present", "\n  /lines: must be present"}},
		{"a wrong check digit and a wrong program", strings.NewReplacer("XQ900417227", "XQ900417228", `"spi": "P"`, `"spi": "S"`).Replace(right),
			[]string{"\n  /entryNumber \"XQ900417228\": must end in its check digit, 7 (CBP Form 7501", "\n  /lines/0/spi \"S\": "}},
		{"a member that nobody knows", strings.Replace(right, `"entryType"`, `"colour": "red", "entryType"`, 1), []string{"\n  /colour"}},
		{"a member twice", `{"a": 1, "a": 2}`, []string{"\n  /a \"a\": must be the only member of its name"}},
		{"a word for a list", strings.Replace(right, `"quantities": [`, `"quantities": "all", "q": [`, 1), []string{"/lines/0/quantities"}},
		{"no JSON", "summary", []string{"must be a JSON object"}},
		{"an array", "[]", []string{"must be a JSON object"}},
		{"no UTF-8", "{\"remarks\": \"\xff\"}", []string{"UTF-8"}},
		{"nested without end", strings.Repeat(`{"a":`, 100) + "1" + strings.Repeat("}", 100), []string{"deep"}},
		{"cut off", right[:len(right)/2], []string{"must not end here"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := run(t, "sign", "--key", key, "--type", "EntrySummary", save(t, dir, "subject.json", c.subject))
			r.want(t, command.ExitUsage, append(c.want, "the subject is refused:")...)
			if r.out != "" {
				t.Errorf("signed all the same: %s", r.out)
			}
		})
	}
}

// A key of another kind, and a file that is no key, sign nothing.
func TestSignNeedsASigningKey(t *testing.T) {
	dir := t.TempDir()
	lookup := filepath.Join(dir, "lookup.pem")
	ok(t, "keygen", "--lookup", lookup)
	subject := save(t, dir, "subject.json", ok(t, "sign", "--sample", "--type", "Participant"))
	run(t, "sign", "--key", lookup, "--type", "Participant", subject).want(t, command.ExitUsage, "not the kind of key")
	run(t, "sign", "--key", subject, "--type", "Participant", subject).want(t, command.ExitUsage, "must hold a PEM block")
	run(t, "sign", "--key", lookup, "--type", "Participant", save(t, dir, "large.json", strings.Repeat(" ", 9<<20))).want(t, command.ExitUsage, "is larger than")
}
