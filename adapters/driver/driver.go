// Package driver is for whoever connects a chain to FTA Gateway. It holds the one small interface a chain implements,
// the values that cross it, and the errors it may answer with. Everybody else uses the portable adapters.Ledger, which
// is built on top of a driver and adds translation, checking, caching and protection from a sick chain.
//
// Begin at Ledger, copy adapters/memory, register an OpenFunc for your URL scheme with Register, and run
// conformance.Run against the result: it says what is right and what is not, and why each case matters.
//
// A driver moves bytes. It never interprets a body: shapes are changed by package translate, and meaning lives in
// package model, neither of which a driver may import.
package driver

import (
	"context"
	"time"
)

// Ledger is one chain as the gateway reads and writes it. Bodies are the chain's own bytes.
//
// Every method MUST be safe for concurrent use, MUST return soon after ctx ends, and MUST answer a failure with an
// *Error, whose Code is what callers act on. Called with a ctx that has ended already, it answers Canceled or
// DeadlineExceeded and changes nothing. What a method returns belongs to the caller, and a driver MUST NOT change it
// afterwards; what it is given belongs to the caller too, and a driver MUST NOT write to it and MUST copy what it keeps.
//
// A method whose ability Describe does not offer answers Unsupported. The key "" names nothing: methods that take a key
// answer Invalid for it. A key that the chain cannot take as it is MUST be refused as Invalid and never altered to fit.
type Ledger interface {
	// Describe says what this chain can do. It does no I/O and may be called before the chain is reachable; its answer
	// never changes while the Ledger is open, but for URI, which is empty until the chain was reached once, and for what
	// is assumed until then (see Description.Unreached).
	Describe() Description

	// Head answers where the chain stands now: its newest block and its newest final block.
	Head(ctx context.Context) (Head, error)

	// Get answers one version of one key, by default the newest final one. NotFound means that the key, or that
	// version of it, was proven absent at the head the driver saw; anything short of that is another code.
	Get(ctx context.Context, ref Ref) (*Entry, error)

	// Versions answers the final versions of key above after, oldest first and without gaps, at most limit (limit < 1
	// means the driver's own page size). An empty page with no error says that there is none above after. A key that
	// was never written is NotFound.
	Versions(ctx context.Context, key string, after uint64, limit int) ([]*Entry, error)

	// Find answers the keys that a lookup leads to, each once, in an order that stays while the ledger grows. next is
	// empty on the last page; given back as page it continues there. Nothing found is an empty page, not NotFound.
	Find(ctx context.Context, lookup Lookup, page string, limit int) (keys []string, next string, err error)

	// Changes answers final versions in the order in which the chain committed them, each once, from just after the
	// cursor (the empty cursor is genesis). With nothing new it waits up to wait, and then answers an empty batch;
	// an empty batch whose Next has moved on is progress. A cursor of another chain, or of this one before it was
	// wiped, is CursorInvalid, never a silent restart.
	Changes(ctx context.Context, after Cursor, limit int, wait time.Duration) (*Batch, error)

	// Append writes the next version of a key and waits for its block until ctx ends. It keeps what it signed before
	// it sends it, so that the same Write again is resent and not signed again. What could not be learnt in time is a
	// Receipt in state Pending and no error, to be asked for by Receipt. See Write for what is checked.
	Append(ctx context.Context, w *Write) (*Receipt, error)

	// Receipt answers what became of a transaction. NotFound if this chain and this driver never heard of it.
	Receipt(ctx context.Context, tx string) (*Receipt, error)

	// Prove answers a proof that e stands on the chain, which a verifier checks without a node (see Verify).
	// Unsupported unless Describe offers proof types.
	Prove(ctx context.Context, e *Entry) (*Proof, error)

	// Close ends everything that Open began and waits for it: no goroutine, connection or file stays behind. Calls
	// under way end with Canceled, later ones as well. A second Close does nothing.
	Close() error
}
