//go:build linux

package compose_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// filer is a partner with the command line and nothing else.
type filer struct{ dir string }

// fta runs the command and gives what it prints.
func (f *filer) fta(t *testing.T, args ...string) string {
	t.Helper()
	c := exec.Command(fta, args...)
	c.Dir = f.dir
	out, err := c.Output()
	if err != nil {
		text := ""
		if e, ok := err.(*exec.ExitError); ok {
			text = string(e.Stderr)
		}
		t.Fatalf("fta %s: %v\n%s%s", strings.Join(args, " "), err, out, text)
	}
	return strings.TrimSpace(string(out))
}

func (f *filer) save(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(f.dir, name)
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// vouched has the issuer that the gateways trust sign who the filer is.
func (f *filer) vouched(t *testing.T) {
	t.Helper()
	key, lookup := f.fta(t, "keygen", "filer.pem"), f.fta(t, "keygen", "--lookup", "filer-lookup.pem")
	subject := f.fta(t, "sign", "--sample", "--type", "Participant")
	subject = strings.ReplaceAll(subject, "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK", key)
	subject = strings.ReplaceAll(subject, "did:key:z6LSbysY2xFMRpGMhb7tFTLMpeuPRaqaWM1yECx2AtzE3KCc", lookup)
	document := f.fta(t, "sign", "--key", "state/issuer.pem", "--type", "Participant", f.save(t, "filer.json", subject))
	f.save(t, "state/participants/filer.json", document)
	if err := os.Chmod(filepath.Join(f.dir, "state/participants"), 0o755); err != nil {
		t.Fatal(err)
	}
}

// files files a certificate of origin through a gateway, and gives the ids of its record and of the submission.
func (f *filer) files(t *testing.T, gateway string) (record, submission string) {
	t.Helper()
	f.keeps(t)
	collection := f.fta(t, "evidence", "collection", "--root", "root.pem", "--base-url", evidence, "--issuer", "filer.pem")
	document := f.fta(t, "sign", "--key", "filer.pem", "--type", "CertificateOfOrigin",
		f.save(t, "certificate.json", f.fta(t, "sign", "--sample", "--type", "CertificateOfOrigin")))
	said := f.fta(t, "submit", f.save(t, "certificate.signed.json", document), "--ledger", "trade", "--key", "filer.pem",
		"--collection", f.save(t, "collection.json", collection), "--gateway", gateway, "--json")
	var receipt struct{ ID, Record, State string }
	if err := json.Unmarshal([]byte(said), &receipt); err != nil || receipt.State != "final" {
		t.Fatalf("%v: %s", err, said)
	}
	return receipt.Record, receipt.ID
}

const evidence = "http://127.0.0.1:8444"

// keeps starts the filer's own evidence server, which is no part of what is deployed.
func (f *filer) keeps(t *testing.T) {
	t.Helper()
	f.fta(t, "keygen", "root.pem")
	server := exec.Command(fta, "evidence", "--data", "evidence", "--root", "root.pem", "--listen", strings.TrimPrefix(evidence, "http://"))
	server.Dir = f.dir
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = server.Process.Kill()
		_ = server.Wait()
	})
	await(t, "the filer's evidence server answers", 30*time.Second, func() bool { return exec.Command(fta, "ready", evidence+"/healthz").Run() == nil })
}
