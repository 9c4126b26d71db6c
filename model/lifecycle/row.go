package lifecycle

// Event is a step of the life cycle, spelled as a record's "event" has it. The same word never means two things for an
// entry and for a claim, because one summary's records speak of both.
type Event string

// Role is a part somebody plays in the life cycle. Which parties may play it is for whoever knows participants: an
// importer of record or a customs broker is a filer; an importer, exporter or producer may certify or answer.
type Role string

// The roles.
const (
	Filer      Role = "filer"      // files and corrects the entry summary: the importer of record or its broker
	Importer   Role = "importer"   // claims preference, and is the one to withdraw the claim
	Certifier  Role = "certifier"  // signs a certificate of origin
	Respondent Role = "respondent" // whom a request or a notice is addressed to
	CBP        Role = "cbp"        // US Customs and Border Protection
)

// Row is one line of a table: from a state, by an event, to a state.
type Row struct {
	From  State
	Event Event
	To    State
	Who   []Role // empty when ByClock
	Rules []Rule // all must hold
	Timer Timer  // begins to run with this step
	// KeepsTimer says that a timer which runs goes on; every other step stops it.
	KeepsTimer bool
	// ByClock marks a step that nobody takes: it is computed from a clock at every reading, and never stored.
	ByClock bool
	// Unrecorded marks a step that stands on no ledger. A recorded step that needs it implies it.
	Unrecorded bool
}

// Timer is a time limit that a step sets. The zero value sets none.
type Timer struct {
	Days int   // calendar days from the step; the last day is still in time
	Then Event // what the clock does when they are over
}

// row finds the line for an event in a state.
func (m machine) row(from State, ev Event) (Row, bool) {
	for _, r := range m.rows {
		if r.From == from && r.Event == ev {
			return r, true
		}
	}
	return Row{}, false
}
