// Package remote is the driver for a ledger behind an HTTP server that speaks the ledger protocol: a vendor's, in any
// language, or another gateway's. Its URL schemes are ledger+https and ledger+http; what follows is where the server
// answers, for example ledger+https://gateway.example/v1/ledgers/trade/native. Parameters:
//
//	uri=urn:uuid:...    the ledger that must be there; without it the first one that answers is
//	gateway=customs     the name by which this gateway is known to others in a row (see protocol.Hops)
//
// The server is hostile until proven otherwise. What it says is bounded before it is read and held against what was
// asked; what does not fit is Corrupt. What it says of verdicts is not even read. Its proofs are checked by driver.Verify
// with anchors of the operator's own, as if they came from the chain's own node.
//
// Read ledger.go first, then read.go and append.go for the calls, check.go for what is not believed, and
// docs/ledger-protocol.md for what a vendor builds on the other side.
package remote
