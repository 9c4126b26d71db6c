package cache

import (
	"context"
	"errors"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// Store keeps what is known of one chain. One that forgets anything at any time is right; one that fails costs no more
// than the question to the chain. It is safe for concurrent use. Entries are shared: who gets one does not change it.
//
// What only the follower calls takes its Lease, and answers ErrFenced where somebody else holds a newer one. In one process
// there is one follower, and the lease is always its own.
type Store interface {
	// State answers how far the chain was followed. The zero State says that nobody has begun.
	State(ctx context.Context) (State, error)
	// Newest answers what is kept as the newest of a key and the State that it holds in, both of one moment.
	Newest(ctx context.Context, key string) (Pointer, State, error)
	// Version answers a version that is kept of the chain of this id, nil if none is.
	Version(ctx context.Context, chainID, key string, version uint64) (*driver.Entry, error)
	// Keep keeps an entry by its version, for as long as there is room.
	Keep(ctx context.Context, chainID string, e *driver.Entry) error
	// Fill notes what the chain answered for a key's newest, e, or nil for its absence, when it was asked after seen and
	// pinned to seen's block. It does nothing where that may be old by now: another epoch, a change of the key applied
	// since, or a version below the one that is noted.
	Fill(ctx context.Context, seen State, key string, e *driver.Entry) error
	// Forget drops what is noted as a key's newest: it is known to have changed.
	Forget(ctx context.Context, key string) error

	// Lead asks for the lease, or renews it, for a while. It answers ErrLed where another follower has it.
	Lead(ctx context.Context, held Lease, d time.Duration) (Lease, error)
	// Begin opens a new epoch at a place of the chain, in which nothing is noted.
	Begin(ctx context.Context, by Lease, chainID string, at Progress) error
	// Apply takes over a batch that goes on from where the State is: entries, pointers and State as one step. from is the
	// cursor that the batch was asked for; where that is not the State's, the answer is ErrGap and nothing is changed.
	Apply(ctx context.Context, by Lease, from driver.Cursor, entries []*driver.Entry, to Progress) error
	// Close ends what the Store began. What it keeps elsewhere stays.
	Close() error
}

// The ways in which a follower is told that it does not follow any more.
var (
	ErrLed    = errors.New("another follower has the lease")
	ErrFenced = errors.New("another follower has taken over")
	ErrGap    = errors.New("the batch does not go on from where the chain was followed to")
)

// Lease is the right to follow. Its token grows with every holder.
type Lease struct{ Token uint64 }

// State is how far a chain was followed.
type State struct {
	Epoch   uint64 // 0: nobody has begun
	ChainID string
	Changes uint64 // how many batches with entries were applied in this epoch
	Progress
}

// Progress is a place of a chain.
type Progress struct {
	Cursor driver.Cursor
	Block  driver.Block // up to which every change was applied
	// At is when the chain last said that there was nothing newer than Cursor, of the follower's clock; zero while it is
	// still catching up.
	At time.Time
}

// Pointer is what is noted as the newest of a key.
type Pointer struct {
	Known  bool
	Absent bool
	Entry  *driver.Entry // where Known and not Absent
}
