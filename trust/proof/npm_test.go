package proof_test

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/schemas"
	"github.com/ftagateway/ftagateway/trust/proof"
)

// TestTheLibrariesVerifyWhatIsSignedHere has the pilot authors' libraries verify fresh proofs, and refuse altered ones.
// FTA_NPM_DIR names a folder whose node_modules hold the packages of testdata/npm.
func TestTheLibrariesVerifyWhatIsSignedHere(t *testing.T) {
	dir := os.Getenv("FTA_NPM_DIR")
	if dir == "" {
		t.Skip("FTA_NPM_DIR is not set: the npm libraries are not asked")
	}
	var documents []ld.Object
	var want []bool
	for _, suite := range []string{proof.JCS2022, proof.RDFC2022} {
		for _, doc := range []ld.Object{operation(), summary(5), record()} {
			signed, err := proof.Sign(doc, seeded(9), proof.Options{Suite: suite})
			if err != nil {
				t.Fatal(err)
			}
			documents = append(documents, signed, with(signed, "type", "WebLedgerEvent"))
			want = append(want, true, false)
		}
	}
	for i, answer := range askLibraries(t, dir, documents) {
		if (answer == true) != want[i] {
			t.Errorf("document %d: the libraries say %v of %v", i, answer, documents[i])
		}
	}
}

// record is under this project's own context.
func record() ld.Object {
	return ld.Object{
		"@context": []any{contextIntegrity, "https://w3id.org/fta/v1"}, "id": "urn:uuid:0f2a7c5e-3a52-4e62-8f0b-0c5a4f6f9a02",
		"type": "EntrySummary", "ledger": "urn:uuid:0f2a7c5e-3a52-4e62-8f0b-0c5a4f6f9a03", "version": 1.0, "event": "file",
		"issued": "2026-11-20T14:00:00Z", "issuer": "did:example:filer", "digest": ld.Sum(nil).String(),
		"links": []any{ld.Object{"rel": "certificate", "id": "urn:uuid:0f2a7c5e-3a52-4e62-8f0b-0c5a4f6f9a04",
			"ledger": "urn:uuid:0f2a7c5e-3a52-4e62-8f0b-0c5a4f6f9a03", "version": 1.0, "digest": ld.Sum(nil).String()}},
		"evidence": []any{ld.Object{"id": "urn:uuid:0f2a7c5e-3a52-4e62-8f0b-0c5a4f6f9a05", "digest": ld.Sum(nil).String(),
			"mediaType": "application/vc"}},
	}
}

// askLibraries runs testdata/npm/check.mjs beside the packages.
func askLibraries(t *testing.T, npm string, documents []ld.Object) []any {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("testdata/npm")); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(filepath.Join(npm, "node_modules"), filepath.Join(dir, "node_modules")); err != nil {
		t.Fatal(err)
	}
	var in bytes.Buffer
	for _, doc := range documents {
		if err := json.NewEncoder(&in).Encode(map[string]any{"document": doc, "purpose": proof.AssertionMethod}); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.CommandContext(t.Context(), "node", "check.mjs")
	cmd.Dir, cmd.Stdin, cmd.Stderr = dir, &in, os.Stderr
	cmd.Env = append(os.Environ(), "FTA_CONTEXTS="+ownContexts(t, dir))
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	return answers(t, out, len(documents))
}

func answers(t *testing.T, out []byte, want int) []any {
	t.Helper()
	var all []any
	for _, line := range bytes.Split(bytes.TrimSpace(out), []byte("\n")) {
		var answer any
		if err := json.Unmarshal(line, &answer); err != nil {
			t.Fatal(err)
		}
		all = append(all, answer)
	}
	if len(all) != want {
		t.Fatalf("%d answers to %d documents", len(all), want)
	}
	return all
}

// ownContexts writes the context of this project for the scripts, and answers the file.
func ownContexts(t *testing.T, dir string) string {
	t.Helper()
	const own = "https://w3id.org/fta/v1"
	context, _ := schemas.Context(own)
	data, err := json.Marshal(map[string]json.RawMessage{own: context})
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "own.json")
	if err := os.WriteFile(file, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}
