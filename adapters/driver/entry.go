package driver

import (
	"bytes"
	"time"
)

// Finality says how settled an answer must be.
type Finality string

// The finalities. The zero value of Ref asks for Final.
const (
	Final  Finality = ""       // settled for good, as the chain's configuration says
	Latest Finality = "latest" // the newest that the chain shows, which may still go away
)

// Ref names what to read.
type Ref struct {
	Key      string
	Version  uint64 // 1, 2, 3 ...; 0 asks for the newest
	Finality Finality
	// AtLeast is the height of a final block that the answer must have seen, be it an entry or an absence: a node that has
	// not come so far yet answers NotReady. 0 asks for nothing. It is heeded where AbilityPin is described, and is not to
	// be set elsewhere. What is asked of several nodes of one chain in turn can go backwards without it.
	AtLeast uint64
}

// Pinned answers nil where an answer that was made from the final block of a height is recent enough for AtLeast, and
// NotReady where it is not.
func (r Ref) Pinned(height uint64) error {
	if height >= r.AtLeast {
		return nil
	}
	return Errorf(NotReady, "the node is at block %d, and block %d must have been seen", height, r.AtLeast)
}

// Entry is one version of one key as it stands on a chain.
type Entry struct {
	Key     string
	Version uint64 // counted from 1 without gaps
	Body    []byte // the chain's own bytes; nil when Deleted
	Deleted bool
	Author  Author
	Position
	Cursor Cursor // from here Changes goes on with what came after this entry
	// Contradiction says, in a sentence, what the chain's own blocks or hashes hold against this entry. It is empty on
	// an honest chain. An entry with one is handed over all the same, and judged invalid by whoever reads it: a node's
	// lie is evidence, not an outage.
	Contradiction string
	// Seen says up to where a cache in front of the chain had applied every change when it answered this. It is nil where
	// the chain itself was asked: a driver leaves it so.
	Seen *Seen
}

// Clone is the entry once more, sharing nothing that can be changed: what one method returns belongs to one caller.
func (e *Entry) Clone() *Entry {
	own := *e
	own.Body, own.Author.Evidence = bytes.Clone(e.Body), bytes.Clone(e.Author.Evidence)
	if e.Seen != nil {
		seen := *e.Seen
		own.Seen = &seen
	}
	return &own
}

// Seen is how far a cache had followed its chain.
type Seen struct {
	Block Block     // final; every change up to it was applied
	At    time.Time // of the gateway's clock, when the chain last told that there was nothing newer
}

// Author is whom the chain itself authenticated as the sender of a transaction. It is never authority by itself.
type Author struct {
	Kind string // "did", "address", "x509", or empty where the chain authenticates nobody
	// ID is, by kind: a did:key; an address as 0x and 40 hexadecimal digits; an MSP id, a colon and the SHA-256 of the
	// certificate in DER, as 64 hexadecimal digits in lower case.
	ID string
	// Evidence is what shows it, in the chain's own form (a signed operation; of x509 the certificate itself, in PEM or
	// DER), where that is at hand.
	Evidence []byte
}

// Position says where on the chain an entry stands.
type Position struct {
	Height uint64
	Index  uint32    // of the effect in its block
	Tx     string    // the transaction that brought it, as Receipt takes it
	Time   time.Time // the chain's own time of the block, UTC
	Final  bool
}

// Head is where a chain stands.
type Head struct {
	ChainID string // one chain's identity, a wiped and restarted one's differs
	Newest  Block
	Final   Block
	Cursor  Cursor // of the final block: Changes after it brings only what is newer
}

// Block is a height with its time and hash.
type Block struct {
	Height uint64
	Hash   string    // in the chain's own spelling
	Time   time.Time // the chain's own, UTC
}

// Cursor is a place in the order of a chain's changes. It is opaque, holds the chain's identity, and may be kept for as
// long as one likes. The empty cursor is genesis.
type Cursor string

// Batch is a run of changes.
type Batch struct {
	Entries []*Entry
	Next    Cursor // continue here; also when Entries is empty. Never empty itself, for that is genesis
	Head    Block  // the final block that Next has seen everything up to, when Next has caught up
}

// Lookup leads from a value inside records to their keys.
type Lookup struct {
	// Name is which lookup, as the mapping names it: "lookup" for a keyed commitment, "link" for the id of a linked
	// record, or a clear field where the ledger's policy allows that.
	Name  string
	Value string
}
