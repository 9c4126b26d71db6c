package proof_test

import (
	"testing"

	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/schemas/npmtest"
	"github.com/ftagateway/ftagateway/trust/proof"
)

// TestTheLibrariesVerifyWhatIsSignedHere has the pilot authors' libraries verify fresh proofs, and refuse altered ones.
// FTA_NPM_DIR names a folder whose node_modules hold the packages of testdata/npm.
func TestTheLibrariesVerifyWhatIsSignedHere(t *testing.T) {
	type question struct {
		Document ld.Object `json:"document"`
		Purpose  string    `json:"purpose"`
	}
	var questions []question
	var want []bool
	for _, suite := range []string{proof.JCS2022, proof.RDFC2022} {
		for _, doc := range []ld.Object{operation(), summary(5), record()} {
			signed, err := proof.Sign(doc, seeded(9), proof.Options{Suite: suite})
			if err != nil {
				t.Fatal(err)
			}
			questions = append(questions, question{signed, proof.AssertionMethod},
				question{with(signed, "type", "WebLedgerEvent"), proof.AssertionMethod})
			want = append(want, true, false)
		}
	}
	for i, answer := range npmtest.Ask[question, any](t, "check.mjs", questions) {
		if (answer == true) != want[i] {
			t.Errorf("document %d: the libraries say %v of %v", i, answer, questions[i].Document)
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
