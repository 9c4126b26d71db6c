package faultmatrix_test

import (
	"net/http"

	"github.com/ftagateway/ftagateway/gateway"
	"github.com/ftagateway/ftagateway/trust"
)

// What a client may be shown of a record that stands on the sick ledger, in a word each.
const (
	valid   = "valid"
	invalid = "invalid"
	away    = "away"  // a problem that may be tried again; everywhere: what was seen last, undetermined
	older   = "older" // the version before, valid: nobody who never saw the newer one can know
	// notOffered: there is nothing in the ledger that the fault could be of
	notOffered = "not offered"
	either     = "" // away or valid, by how much a driver has to ask before it knows a ledger
)

// view is what the two kinds of gateways show under a fault.
type view struct {
	known    string // one that has seen the record before
	newcomer string // one that has seen nothing
}

// expects says what a fault looks like with a driver. It is what docs/reference/fault-matrix.md tells.
func (f fault) expects(driver string) view {
	switch {
	case f.name == staleBlock:
		return map[string]view{
			vendor:      {invalid, older}, // as remote
			"webledger": {away, older},    // the driver has seen a newer block, and waits
			"remote":    {invalid, older}, // the witness log has seen a newer version
			"fabric":    {away, older},    // as webledger
			"ethereum":  {valid, older},   // the driver goes on from the block that it has seen
		}[driver]
	case f.name == forgedProof && driver == "fabric":
		return view{valid, invalid} // the block was held against the orderers' signatures once, and to a newcomer it is not
	case f.name == forgedProof && driver == "ethereum":
		return view{valid, invalid} // what was read before is kept, and is held against the contract's state
	case f.name == forgedProof && driver == vendor:
		return view{notOffered, notOffered}
	case f.name == forgedProof:
		return view{invalid, invalid}
	case f.wire == "latency":
		return view{valid, either}
	case f.harmless:
		return view{valid, valid}
	}
	return view{away, away}
}

// holdView holds what was shown against what is told of the fault.
func (c *cell) holdView() {
	c.t.Helper()
	want, r := c.fault.expects(c.result.driver), &c.result
	if got := c.word(r.onLedger); got != want.known {
		c.t.Errorf("%s: %s, want %s: %s", r.onLedger.what, got, want.known, r.onLedger.body)
	}
	if got := c.word(r.newcomer); got != want.newcomer && (want.newcomer != either || got != away && got != valid) {
		c.t.Errorf("a newcomer: %s, want %s: %s", got, want.newcomer, r.newcomer.body)
	}
	if want.known != away {
		return
	}
	all := in[gateway.RecordAnswer](c.t, r.everywhere)
	if len(all.Answers) != 1 || all.Answers[0].State != gateway.Stale || all.Answers[0].Verdict.Outcome != trust.Undetermined ||
		all.Answers[0].Version != c.known.version {
		c.t.Errorf("%s: %d %s: want what was seen last", r.everywhere.what, r.everywhere.status, r.everywhere.body)
	}
}

// word is an answer in one word.
func (c *cell) word(s seen) string {
	switch {
	case isValid(c, s, c.known):
		return valid
	case isValid(c, s, c.old):
		return older
	case s.status == http.StatusOK:
		return string(in[gateway.Answer](c.t, s).Verdict.Outcome)
	case s.away():
		return away
	}
	return s.code()
}
