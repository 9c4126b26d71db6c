package cache

import (
	"context"
	"errors"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// Store keeps what is known of one chain. One that forgets anything at any time is right; one that fails costs no more
// than the question to the chain. It is safe for concurrent use. Entries are shared: who gets one does not change it, and
// who gave one does not either. Whoever made a Store ends what it began.
//
// What only the follower calls takes its Lease, and answers ErrFenced where somebody else got a newer one.
type Store interface {
	// State answers how far the chain was followed. The zero State says that nobody has begun.
	State(ctx context.Context) (State, error)
	// Newest answers what is kept as the newest of a key and the State that it holds in, both of one moment. A pointer of
	// another epoch than the State's, or to an entry that is no longer kept, is not known.
	Newest(ctx context.Context, key string) (Pointer, State, error)
	// Version answers a version that is kept of the chain of this id, nil if none is.
	Version(ctx context.Context, chainID, key string, version uint64) (*driver.Entry, error)
	// Keep keeps an entry by its version, in the place of what was kept by it before, for as long as there is room.
	Keep(ctx context.Context, chainID string, e *driver.Entry) error
	// Fill notes what the chain answered for a key's newest, e, which it keeps as well, or nil for its absence, when it was
	// asked after seen and pinned to seen's block. It does nothing where that may be old by now: another epoch, a change of
	// the key applied or the key forgotten since, or a version below the one that is noted. One that cannot tell whether
	// the key was touched since does nothing.
	Fill(ctx context.Context, seen State, key string, e *driver.Entry) error
	// Forget drops what is noted as a key's newest, as it is known to have changed, or not to be trusted: also what somebody
	// asked for before and has yet to Fill. Entries that are kept by their version stay.
	Forget(ctx context.Context, key string) error

	// Lead asks for the lease, or renews the one held, for a while. It answers ErrLed where another follower has it. With
	// no time it gives back the one held, so that the next need not wait for it to run out.
	Lead(ctx context.Context, held Lease, d time.Duration) (Lease, error)
	// Begin opens a new epoch at a place of the chain, in which nothing is noted.
	Begin(ctx context.Context, by Lease, chainID string, at Progress) error
	// Apply takes over a batch that goes on from where the State is: entries, pointers and State as one step. from is the
	// cursor that the batch was asked for; where that is not the State's, the answer is ErrGap and nothing is changed.
	// Every key of the batch is touched by it, in the meaning of Fill. What is not to be Kept (see Keepable) is not: its
	// key's pointer is dropped.
	Apply(ctx context.Context, by Lease, from driver.Cursor, entries []*driver.Entry, to Progress) error
}

// The ways in which a follower is told that it does not follow any more.
var (
	ErrLed    = errors.New("another follower has the lease")
	ErrFenced = errors.New("another follower has taken over")
	ErrGap    = errors.New("the batch does not go on from where the chain was followed to")
)

// Lease is the right to follow. Its token grows with every holder.
type Lease struct {
	Token uint64 // 0: none
	// GivenBack says that the holder before gave it back, and did not lose it: what the State says may be gone on from.
	GivenBack bool
}

// State is how far a chain was followed.
type State struct {
	Epoch   uint64 // 0: nobody has begun
	ChainID string
	// Touched grows with every key that is touched (see Fill), and never goes down. A Store that only some of the changes
	// reach, or that counts otherwise, uses it as it likes: nobody else reads it.
	Touched uint64
	Progress
}

// Progress is a place of a chain.
type Progress struct {
	Cursor driver.Cursor
	Block  driver.Block // every change up to it was applied
	// Behind says that Cursor stands beyond Block and the follower is still catching up: what is asked of the chain pinned
	// to Block may be older than what was applied, and so is not to be filled in.
	Behind bool
	// At is a moment, of the reader's clock, such that everything that was final then is applied. A Store that is shared
	// between machines tells it by a clock that they share. Zero: there is none yet, and nothing is served.
	At time.Time
}

// Pointer is what is noted as the newest of a key.
type Pointer struct {
	Known  bool
	Absent bool
	Entry  *driver.Entry // where Known and not Absent
}

// Keepable reports whether an entry may be kept: it is final, and the chain holds nothing against it.
func Keepable(e *driver.Entry) bool {
	return e != nil && e.Final && e.Contradiction == "" && e.Version > 0
}
