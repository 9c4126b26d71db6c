package gatewaysuite

import (
	"encoding/json"
	"strings"
)

// The shapes of the answers, as far as a case looks at them. They are written down here once more and not taken from a
// gateway's code: what is judged is what a client reads.
type (
	verdict struct {
		Outcome string
		Checks  []line
	}
	line struct{ Name, Outcome, Reason string }

	shown struct {
		ID, Type, Event  string
		Version          uint64
		Ledger           string
		Copy             bool
		State            string
		Record, Document json.RawMessage
		Verdict          verdict
	}
	finding struct{ Code, Detail string }
	source  struct{ Ledger, State, Error string }

	entryFile struct {
		EntryID     string
		EntryStatus *string
		Outcome     string
		Reasons     []string
		Summary     *shown
		Versions    []shown
		Lines       []struct {
			Number                            int
			ClaimStatus, Certificate, Outcome string
		}
		Linked, Others []shown
		Findings       []finding
		Sources        []source
	}
	recordAnswer struct {
		ID      string
		Answers []shown
		Sources []source
	}
	found struct {
		Entries []string
		Sources []source
	}
	event struct {
		Cursor, Ledger, ID, Type, Event, Outcome string
		Version                                  uint64
	}
	eventPage struct {
		Events  []event
		Next    string
		Sources []source
	}
	page struct {
		Records []shown
		Next    string
		Sources []source
	}
	receipt struct {
		ID, Ledger, Record, State, Digest, Reason string
		Version                                   uint64
	}
	witnessPage struct {
		Entries []struct {
			Seq        uint64
			ID, Digest string
			Version    uint64
		}
		Next string
	}
	verified struct{ Document, Record *verdict }

	problem struct {
		Type, Title, Detail string
		Status              int
		Retryable           *bool
		Ledger              string
		Ledgers             []string
		Faults              []fault
	}
	fault struct{ Pointer, Rule string }
)

// The words of answers.
const (
	valid        = "valid"
	invalid      = "invalid"
	undetermined = "undetermined"

	checkSchema    = "schema"
	checkProof     = "proof"
	checkAuthority = "authority"
	checkLifecycle = "lifecycle"
	checkVersions  = "versions"
	checkEvidence  = "evidence"

	stateStale   = "stale"
	unavailable  = "unavailable"
	contradicted = "ledger-contradicted"
)

// typeBase begins the type of every problem.
const typeBase = "https://w3id.org/fta/problems/"

// line is the line of a verdict about one check.
func (v verdict) line(name string) line {
	for _, l := range v.Checks {
		if l.Name == name {
			return l
		}
	}
	return line{Name: name, Outcome: "missing"}
}

// of gives what a ledger is said to have contributed.
func of(sources []source, slug string) source {
	for _, s := range sources {
		if s.Ledger == slug {
			return s
		}
	}
	return source{Ledger: slug, State: "missing"}
}

// retryable reports whether a problem says so.
func (p problem) retryable() bool { return p.Retryable != nil && *p.Retryable }

// kindOf is the last part of a problem's type.
func kindOf(p problem) string { return strings.TrimPrefix(p.Type, typeBase) }

// names tells which sentences name something.
func names(what string) func(string) bool {
	return func(sentence string) bool { return strings.Contains(sentence, what) }
}
