package conformance

import (
	"encoding/json"
	"fmt"
	"io"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// Outcome is how a case ended.
type Outcome string

// The outcomes.
const (
	Pass       Outcome = "pass"
	Fail       Outcome = "fail"
	NotOffered Outcome = "notOffered" // Result.Needs says what is missing
)

// Report is what a run found. Written as JSON, two reports of the same driver, seed and levels differ only in what the
// driver does differently: it holds no times and no addresses of the suite's own.
type Report struct {
	Suite    SuiteID `json:"suite"`
	Protocol string  `json:"protocol"`
	Model    string  `json:"model"` // the context of the documents and records that this version's gateway reads
	Seed     uint64  `json:"seed"`
	Levels   []Level `json:"levels"`
	Gateway  string  `json:"gateway,omitempty"` // its name, where gateways are judged
	Ledger   Ledger  `json:"ledger,omitzero"`   // where drivers are
	// Mapping is what the entries were held against, where a mapping was given.
	Mapping MappingID `json:"mapping,omitzero"`
	Refused string    `json:"refused,omitempty"` // why the suite would not write, if it would not
	Summary Summary   `json:"summary"`
	Cases   []Result  `json:"cases"`
	Left    []Left    `json:"left"` // what the run wrote and no chain lets it take back

	// Hint says to whoever runs the suite why nothing that it appended was taken, where that was so. It is no finding, and
	// so not part of what is handed over: WriteText alone writes it.
	Hint string `json:"-"`
}

// SuiteID says which cases were played.
type SuiteID struct {
	Name    string `json:"name"`
	Version string `json:"version"`
}

// Ledger is the description that the report was made by.
type Ledger struct {
	URI        string           `json:"uri"`
	Kind       string           `json:"kind"`
	Abilities  []driver.Ability `json:"abilities"`
	MaxBody    int              `json:"maxBody"`
	PageSize   int              `json:"pageSize"`
	Finality   string           `json:"finality"`
	ProofTypes []string         `json:"proofTypes,omitempty"`
	WriteMode  driver.WriteMode `json:"writeMode"`
	ForTesting bool             `json:"forTesting"`
}

// Summary counts outcomes.
type Summary struct {
	Pass       int `json:"pass"`
	Fail       int `json:"fail"`
	NotOffered int `json:"notOffered"`
}

// Result is how one case ended.
type Result struct {
	Case
	Outcome Outcome
	Needs   Need     // what is missing, when NotOffered
	Failure *Failure // when Fail
	Took    time.Duration

	reached int
}

// Reached is the last step of a case that passed. Where it is not the last of its words, they say more than is done.
func (r Result) Reached() int { return r.reached }

// Failure is what was expected, and what came.
type Failure struct {
	Step  int    `json:"step"`  // from 1; 0 if the case did not begin
	Doing string `json:"doing"` // the step's words
	// Request is what was asked of the driver last, and Answer what came: without secrets, and cut where they are long.
	// Empty where nothing was asked yet.
	Request  string `json:"request,omitempty"`
	Answer   string `json:"answer,omitempty"`
	Expected string `json:"expected"`
	Got      string `json:"got"`
}

// Left is a key on the ledger, and how many versions of it the run wrote.
type Left struct {
	Key      string `json:"key"`
	Versions uint64 `json:"versions"`
}

// OK reports whether no case failed. It says nothing of what was not offered or refused.
func (r *Report) OK() bool { return r.Summary.Fail == 0 }

// Failed lists the cases that failed.
func (r *Report) Failed() []Result {
	var out []Result
	for _, result := range r.Cases {
		if result.Outcome == Fail {
			out = append(out, result)
		}
	}
	return out
}

// MarshalJSON leaves out how long the case took, which differs between any two runs.
func (r Result) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		ID      string   `json:"id"`
		Level   Level    `json:"level"`
		Outcome Outcome  `json:"outcome"`
		Needs   Need     `json:"needs,omitempty"`
		Why     string   `json:"why"`
		Steps   []string `json:"steps"`
		Failure *Failure `json:"failure,omitempty"`
	}{r.ID, r.Level, r.Outcome, r.Needs, r.Why, r.Steps, r.Failure})
}

// ReportType is what a report as JSON says that it is.
const ReportType = "ConformanceReport"

// WriteJSON writes the report for programs, indented so that a diff reads well. Package conformance/attestation writes
// one that is signed.
func (r *Report) WriteJSON(w io.Writer) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	if err := e.Encode(struct {
		Type string `json:"type"`
		*Report
	}{ReportType, r}); err != nil {
		return fmt.Errorf("write the report as JSON: %w", err)
	}
	return nil
}

// described leaves out what a driver only assumes.
func described(d driver.Description) Ledger {
	if d.Unreached {
		return Ledger{URI: d.URI, Abilities: []driver.Ability{}}
	}
	return Ledger{
		URI: d.URI, Kind: d.Kind, Abilities: d.Abilities, MaxBody: d.MaxBody, PageSize: d.PageSize,
		Finality: d.Finality, ProofTypes: d.ProofTypes, WriteMode: d.WriteMode, ForTesting: d.ForTesting,
	}
}

// Summarise counts how cases ended.
func Summarise(results []Result) Summary {
	var s Summary
	for _, r := range results {
		switch r.Outcome {
		case Pass:
			s.Pass++
		case Fail:
			s.Fail++
		case NotOffered:
			s.NotOffered++
		}
	}
	return s
}
