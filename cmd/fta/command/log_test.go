package command_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/ftagateway/ftagateway/model/sample"
)

// Whatever is asked, the log of a demonstration, all of it, tells no entry number, no company and no key.
func TestLogTellsNoSecrets(t *testing.T) {
	w := theWorld(t)
	for _, e := range w.Entries {
		ok(t, w.at("find", e.Number)...)
		run(t, w.at("get", "entry", e.ID)...)
		run(t, w.at("get", "record", "--ledger", "dishonest", e.ID)...)
	}
	run(t, w.at("find", "ABC20261113")...)                       // nobody's
	run(t, w.at("get", "record", "--ledger", "x", w.Data)...)    // no id
	run(t, w.at("verify", "--document", w.key("importer"))...)   // no document
	run(t, w.at("evidence", "admit", "--collection", "none")...) // no capability

	text := w.log.String()
	if len(text) < 1000 || !strings.Contains(text, "level=DEBUG") {
		t.Fatalf("next to nothing was logged:\n%s", text)
	}
	for what, secret := range w.secrets(t) {
		if i := strings.Index(text, secret); i >= 0 {
			t.Errorf("the log tells %s: ...%s...", what, text[max(0, i-200):min(len(text), i+100)])
		}
	}
}

// secrets are what must stand in no log, by what it is.
func (w *world) secrets(t *testing.T) map[string]string {
	t.Helper()
	all := map[string]string{"a number that was looked for": "ABC20261113"}
	for _, e := range w.Entries {
		all["the number of "+e.Name] = e.Number
		all["the serial number of "+e.Name] = e.Number[3:10]
	}
	companies, err := json.Marshal([]any{sample.Importer(), sample.Retailer(), sample.MexicanProducer(), sample.CanadianExporter()})
	if err != nil {
		t.Fatal(err)
	}
	for _, found := range regexp.MustCompile(`"(?:name|email|street|phone)":"([^"]+)"`).FindAllStringSubmatch(string(companies), -1) {
		all["a company, "+found[1]] = found[1]
	}
	files, err := filepath.Glob(filepath.Join(w.Data, "keys", "*.pem"))
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		pem, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		all["the private key "+filepath.Base(file)] = strings.Split(string(pem), "\n")[1]
		all["the public key "+filepath.Base(file)] = strings.TrimPrefix(ok(t, "keygen", "--show", file), "did:key:")
	}
	return all
}
