package gateway

import (
	"encoding/json"
	"time"

	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/trust"
)

// Answer is one record as one ledger shows it, with what was checked. The verdict speaks of the record and never of the
// transport: an invalid record is an answer like any other, without its content.
type Answer struct {
	ID      string `json:"id"`
	Type    string `json:"type,omitempty"` // empty where the body cannot be read
	Event   string `json:"event,omitempty"`
	Version uint64 `json:"version"`
	Ledger  string `json:"ledger"`    // the slug of the configuration
	URI     string `json:"ledgerUri"` // the chain itself
	// Copy is true where the record's home is another ledger: it is listed, and never counted.
	Copy  bool  `json:"copy,omitempty"`
	State State `json:"state"`
	// Record and Document are the bytes as they were signed. Both are left out where the verdict is invalid, unless
	// asked for. Document is there only when its evidence server gave it.
	Record   json.RawMessage `json:"record,omitempty"`
	Document json.RawMessage `json:"document,omitempty"`
	// Derived is what stands in their place where the ledger has no records of ours: a translate.Derived, left out as they
	// are. Nobody signed it.
	Derived json.RawMessage `json:"derived,omitempty"`
	Verdict trust.Verdict   `json:"verdict"`
	// Findings are what a person must decide. They never change the verdict.
	Findings []model.Finding `json:"findings,omitempty"`

	confirmed time.Time
	written   *written // nil where it is not kept; whoever changes anything but Verdict.AsOf takes it out
}

// State says whether an answer was read now.
type State string

// The states of an answer.
const (
	Current State = "current"
	Stale   State = "stale" // from the witness log: no ledger shows it now
)

// Source is what one ledger contributed to an answer that spans several. No ledger is ever left out of the list.
type Source struct {
	Ledger string      `json:"ledger"`
	State  SourceState `json:"state"`
	AsOf   *trust.AsOf `json:"asOf,omitempty"`
	Error  string      `json:"error,omitempty"` // a code of package driver, never a text

	confirmed time.Time
}

// SourceState is what became of asking one ledger.
type SourceState string

// The states of a source.
const (
	Answered    SourceState = "answered"    // it holds something of what was asked for
	Absent      SourceState = "absent"      // it was asked and holds nothing of it
	NotGiven    SourceState = "notOffered"  // it has no means to answer such a question
	Unavailable SourceState = "unavailable" // it could not be asked
	NotAsked    SourceState = "notAsked"    // its turn comes with a later page, or its answer was not waited for
)

// Found is the answer to a search by entry number.
type Found struct {
	Entries []string `json:"entries"` // record ids of entry summaries, sorted; several if several
	Sources []Source `json:"sources"`
}

// RecordAnswer is one record wherever it is. Ledgers that disagree are shown side by side.
type RecordAnswer struct {
	ID      string   `json:"id"`
	Answers []Answer `json:"answers"` // home before copies, then by slug
	Sources []Source `json:"sources"`
}

// EntryFile is everything that belongs to one entry, from whichever ledgers hold it.
type EntryFile struct {
	EntryID string `json:"entryId"`
	// Status is folded from the filer's and CBP's valid records; empty where the summary could not be judged.
	Status string `json:"entryStatus,omitempty"`
	// Outcome is the plain answer on integrity: invalid if any document that counts is, undetermined if anything that
	// counts could not be asked or found, else valid.
	Outcome  trust.Outcome   `json:"outcome"`
	Reasons  []string        `json:"reasons,omitempty"` // why the outcome is not valid, one sentence each
	Summary  *Answer         `json:"summary,omitempty"` // the newest version, from the ledger that shows it best
	Versions []Answer        `json:"versions"`          // all versions of the summary, oldest first, without documents
	Lines    []LineStatus    `json:"lines"`
	Linked   []Answer        `json:"linked"` // certificates, dispositions and whatever else links to or from the summary
	Others   []Answer        `json:"others"` // the same records on other ledgers, and copies
	Findings []model.Finding `json:"findings,omitempty"`
	Sources  []Source        `json:"sources"`
}

// LineStatus is where one line of the summary and its claim stand.
type LineStatus struct {
	Number      int             `json:"number"`
	ClaimStatus string          `json:"claimStatus"`
	Certificate string          `json:"certificate,omitempty"` // record id
	Outcome     trust.Outcome   `json:"outcome,omitempty"`     // of the certificate's record
	Findings    []model.Finding `json:"findings,omitempty"`
}

// Versions is a page of the versions of one record on one ledger, oldest first. An empty one is the end.
type Versions struct {
	Versions []Answer `json:"versions"`
}

// Page is a run of records of several ledgers, in each ledger's own order.
type Page struct {
	Records []Answer `json:"records"`
	Next    string   `json:"next,omitempty"` // continues here; empty at the end
	Sources []Source `json:"sources"`
}

// Ledgers is every ledger as the gateway sees it, by slug.
type Ledgers struct {
	Ledgers []LedgerState `json:"ledgers"`
}

// LedgerState is one ledger as the gateway sees it. What the chain itself has to tell, from Kind to MaxBody, is left out
// until the chain was reached for the first time, where it cannot be known otherwise.
type LedgerState struct {
	Ledger    string      `json:"ledger"`
	URI       string      `json:"ledgerUri"`
	Kind      string      `json:"kind,omitempty"`
	Via       []string    `json:"via,omitempty"` // the gateways that it is read through, the nearest first
	Abilities []string    `json:"abilities,omitempty"`
	Finality  string      `json:"finality,omitempty"`
	WriteMode string      `json:"writeMode,omitempty"`
	MaxBody   int         `json:"maxBody,omitempty"`
	Policy    string      `json:"policy"`
	Customs   bool        `json:"customs"` // CBP's own ledger: its decisions count here and nowhere else
	Mirror    bool        `json:"mirror"`  // a further node of a chain that another ledger here shows
	Derives   bool        `json:"derives"` // it has no records of ours: what it shows is derived, and it is read only
	Require   []string    `json:"require"`
	Mapping   string      `json:"mapping"` // digest
	Health    string      `json:"health"`  // ok | failing | unasked
	LastError string      `json:"lastError,omitempty"`
	LastGood  *time.Time  `json:"lastGood,omitempty"`
	AsOf      *trust.AsOf `json:"asOf,omitempty"` // only where the head was asked for
	Breaker   Breaker     `json:"breaker"`
	UnderWay  int         `json:"underWay"`        // questions that the ledger has now
	Cache     *CacheState `json:"cache,omitempty"` // only where newest versions are cached
}

// Breaker says whether a ledger is asked, and how it answered lately.
type Breaker struct {
	State     string    `json:"state"` // closed | half-open | open: open means that it is down, and not asked
	Since     time.Time `json:"since"`
	Successes int       `json:"successes"` // within the window that failures are counted in; before it opened, if it is not closed
	Failures  int       `json:"failures"`
}

// CacheState is how the cache of a ledger's newest versions does.
type CacheState struct {
	Live   bool     `json:"live"`             // answers come from it now
	Epoch  uint64   `json:"epoch"`            // grows when everything had to be asked anew; 0 until the ledger is followed
	Height *uint64  `json:"height,omitempty"` // of the block up to which every change was applied
	Age    *float64 `json:"age,omitempty"`    // seconds since the ledger last said that there was nothing newer
	Hits   uint64   `json:"hits"`             // reads that were answered from it, since the start
	Misses uint64   `json:"misses"`           // reads for which the ledger was asked
}
