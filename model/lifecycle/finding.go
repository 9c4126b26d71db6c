package lifecycle

import "slices"

// Finding is something about an entry's history that a person should see. It never changes an outcome.
type Finding struct {
	Code     string
	Severity Severity
	By
}

// Severity says how much a finding asks for attention.
type Severity string

// The severities.
const (
	Info    Severity = "info"    // in the ordinary course of things
	Warning Severity = "warning" // somebody should look
)

// The findings of an entry's history.
const (
	VersionMissing        = "version-missing"          // the version before this one is not at hand
	VersionTwice          = "version-twice"            // another version had the same number, and counted
	DispositionSuperseded = "disposition-superseded"   // a newer version followed
	DispositionOvertaken  = "disposition-overtaken"    // the newer version stood already when it was decided
	DispositionOutOfOrder = "disposition-out-of-order" // customs had already decided on a newer version
	DispositionUnfounded  = "disposition-unfounded"    // it pins a version that could not be filed
	DispositionUnknown    = "disposition-unknown"      // it pins a version that the ledger does not show: was one taken back?
)

func (r *replay) find(code string, severity Severity, by By) {
	r.out.Findings = append(r.out.Findings, Finding{code, severity, by})
}

// findings says what is odd about the dispositions.
func (r *replay) findings() {
	var newest uint64 // that customs has decided on so far
	for _, d := range r.dispositions {
		by := By{Disposition: d.index}
		if d.Pins < newest {
			r.find(DispositionOutOfOrder, Warning, by)
		}
		newest = max(newest, d.Pins)
		r.pinned(d, by)
	}
}

// pinned says what is odd about the version that a disposition pins.
func (r *replay) pinned(d indexed, by By) {
	at := slices.IndexFunc(r.versions, func(v Version) bool { return v.N == d.Pins })
	if at < 0 {
		r.find(DispositionUnknown, Warning, by)
		return
	}
	if r.refused(d.Pins) {
		r.find(DispositionUnfounded, Warning, by)
	}
	if at == len(r.versions)-1 {
		return
	}
	if next := r.versions[at+1]; !d.At.IsZero() && !next.At.IsZero() && d.At.After(next.At) {
		r.find(DispositionOvertaken, Warning, by)
		return
	}
	r.find(DispositionSuperseded, Info, by)
}

func (r *replay) refused(version uint64) bool {
	return slices.ContainsFunc(r.out.Refused, func(e EntryRefusal) bool { return e.Version == version })
}
