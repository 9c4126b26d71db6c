package conformance_test

import (
	"bytes"
	"crypto"
	"crypto/ed25519"
	"encoding/json"
	"encoding/xml"
	"slices"
	"strings"
	"testing"

	"github.com/ftagateway/ftagateway/adapters/memory"
	"github.com/ftagateway/ftagateway/conformance"
)

func signer() crypto.Signer { return ed25519.NewKeyFromSeed(make([]byte, ed25519.SeedSize)) }

func outcome(r *conformance.Report, id string) conformance.Outcome {
	for _, result := range r.Cases {
		if result.ID == id {
			return result.Outcome
		}
	}
	return "not played"
}

// mixed is a report in which every outcome comes once.
func mixed(t *testing.T) *conformance.Report {
	t.Helper()
	l := memory.New(memory.Options{ForTesting: true})
	return conformance.Run(t.Context(), over(panicking{l}), conformance.Options{Seed: 3, Cases: []string{
		"read/description-is-complete", "read/absent-is-not-found", "proof/verifies",
	}})
}

// written is a report as JSON has it.
type written struct {
	Suite           conformance.SuiteID
	Protocol, Model string
	Seed            uint64
	Ledger          struct{ Kind string }
	Summary         map[string]int
	Cases           []map[string]any
	Left            []struct {
		Key      string
		Versions int
	}
}

// asJSON plays three cases, the last of which is not offered, and reads the report that was written.
func asJSON(t *testing.T) (got written) {
	t.Helper()
	l := memory.New(memory.Options{ForTesting: true})
	report := conformance.Run(t.Context(), over(l), conformance.Options{Seed: 3, Cases: []string{
		"read/description-is-complete", "write/read-your-write", "proof/verifies",
	}})
	var out bytes.Buffer
	if err := report.WriteJSON(&out); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(out.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	return got
}

func TestJSONSaysWhatWasPlayedAndWhatCameOfIt(t *testing.T) {
	got := asJSON(t)
	versions := []string{got.Suite.Name, got.Suite.Version, got.Protocol, got.Model}
	want := []string{"driver", conformance.SuiteVersion, conformance.ProtocolVersion, "https://w3id.org/fta/v1"}
	if !slices.Equal(versions, want) || got.Seed != 3 || got.Ledger.Kind != "memory" {
		t.Errorf("%+v", got)
	}
	if got.Summary["pass"] != 2 || got.Summary["notOffered"] != 1 || got.Cases[2]["needs"] != "Harness.Anchors" {
		t.Errorf("summary %v, third case %v", got.Summary, got.Cases[2])
	}
}

func TestJSONSaysWhatIsLeftOnTheLedger(t *testing.T) {
	got := asJSON(t)
	if len(got.Left) != 2 || got.Left[0].Versions+got.Left[1].Versions != 3 {
		t.Errorf("left %v, want the run's own entry and a key in two versions", got.Left)
	}
}

func TestJSONHoldsNoTimes(t *testing.T) {
	var out bytes.Buffer
	if err := mixed(t).WriteJSON(&out); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(strings.ToLower(out.String()), "took") {
		t.Errorf("a report with times differs at every run:\n%s", &out)
	}
}

func TestJUnitCountsFailuresAndSkips(t *testing.T) {
	var out bytes.Buffer
	if err := mixed(t).WriteJUnit(&out); err != nil {
		t.Fatal(err)
	}
	var got struct {
		Tests    int `xml:"tests,attr"`
		Failures int `xml:"failures,attr"`
		Skipped  int `xml:"skipped,attr"`
		Cases    []struct {
			Name    string `xml:"name,attr"`
			Failure *struct {
				Message string `xml:"message,attr"`
			} `xml:"failure"`
		} `xml:"testcase"`
	}
	if err := xml.Unmarshal(out.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	failures := 0
	for _, c := range got.Cases {
		if c.Failure != nil {
			failures++
		}
	}
	if got.Tests != 3 || got.Failures != failures || got.Failures+got.Skipped != 3 {
		t.Errorf("%+v", got)
	}
}

func TestTextTellsAFailureToSomebodyWhoHasNotReadTheCode(t *testing.T) {
	var out strings.Builder
	if err := mixed(t).WriteText(&out); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"FAIL         read/absent-is-not-found", "Draw a key that nobody wrote", "expected: no panic",
		"got:      panic: index out of something", "why:      Absence is an answer of its own",
		"Nothing was written to the ledger.",
	} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("the text lacks %q:\n%s", want, &out)
		}
	}
}
