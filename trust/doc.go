// Package trust says what the gateway believes, and why. It holds the Verdict on every answer with the pure function
// that judges it, and the Participants: which key belongs to which party, in which role, and when.
//
// An outage is never a verdict: what could not be asked is Undetermined, and nothing in this package turns it into
// Valid or Invalid. Nothing in this package does network I/O.
package trust
