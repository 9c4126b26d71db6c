// Package webledger connects any node that speaks the Web Ledger protocol, and needs nothing but the protocol.
//
// URLs are webledger+http://host[:port] and webledger+https://host[:port]. A node that serves several ledgers wants
// ?ledger=urn:uuid:... to say which: the ledger's own id, or that of the agent. ?testing=1 marks a ledger that a
// conformance run may write to.
//
// A key is the id of a record, a urn:uuid; a version is the record's sequence + 1; a transaction is the hash of an
// operation; a body is the record in canonical form (RFC 8785). Records under other ids are another application's and
// are passed over.
//
// The protocol has no call for history. The driver therefore follows the blocks, recomputes every hash, replays the
// operations and keeps an index in driver.Env.Store: see docs/decisions/0032-web-ledger-driver-index.md. The newest
// version is nevertheless asked of the node each time, and what the node answers is held against the replay: where
// they differ the entry carries a Contradiction.
//
// The native section of a mapping is {"index": [pointer, ...]}: JSON pointers, with * for each element of an array or
// object, to the strings that Find leads by.
package webledger
