package memory

import (
	"crypto/ed25519"
	"crypto/rand"
	"encoding/hex"
	"sort"
	"sync"
	"time"

	"github.com/google/uuid"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// Options are what a chain is made with. The zero value makes a chain whose blocks are final at once.
type Options struct {
	URI        string           // the chain's own; empty: a urn:uuid derived from its genesis block
	FinalAfter int              // how many blocks on top of a block make it final
	MaxBody    int              // bytes; below 1: 1 MiB
	PageSize   int              // entries; below 1: 100
	ForTesting bool             // a conformance run may write to the chain
	Now        func() time.Time // nil: time.Now
}

// Chain is a whole chain in this process: an append of one entry makes one block. It stands for what is on the other
// side of the wire from a driver, and knows nothing of contexts, pages or idempotent callers that went away.
type Chain struct {
	o   Options
	id  string // the genesis block's hash: a chain that was wiped and made again has another
	uri string
	key ed25519.PrivateKey // signs the heads that proofs end in

	mu       sync.RWMutex
	down     bool
	blocks   []driver.Block
	log      []*driver.Entry            // every entry, in the order of the chain; never changed once it is here
	leaves   []hash                     // of the same entries, for the Merkle tree
	versions map[string][]*driver.Entry // by key; version n is at n-1
	found    map[driver.Lookup][]*driver.Entry
	byTx     map[string]*driver.Entry
	repeats  map[string]repeat // by idempotency key
	grown    chan struct{}     // closed, and replaced, when whoever waits has reason to look again
}

// NewChain makes a chain with its genesis block.
func NewChain(o Options) *Chain {
	_, key, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		panic(err) // crypto/rand never fails on a system that Go supports
	}
	c := &Chain{
		o: o.withDefaults(), key: key, grown: make(chan struct{}),
		versions: map[string][]*driver.Entry{}, found: map[driver.Lookup][]*driver.Entry{},
		byTx: map[string]*driver.Entry{}, repeats: map[string]repeat{},
	}
	c.addBlock(frame("genesis", key.Public().(ed25519.PublicKey)))
	c.id, c.uri = c.blocks[0].Hash, o.URI
	if c.uri == "" {
		c.uri = uuid.NewSHA1(uuid.NameSpaceOID, []byte(c.id)).URN()
	}
	return c
}

func (o Options) withDefaults() Options {
	if o.MaxBody < 1 {
		o.MaxBody = 1 << 20
	}
	if o.PageSize < 1 {
		o.PageSize = 100
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	return o
}

// Advance adds an empty block, as a chain does that keeps its pace while nobody writes. Blocks below become final by it.
func (c *Chain) Advance() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.addBlock(nil)
}

// Stop makes the chain answer Unavailable, as a node does that is down, until Start. It loses nothing. It is for tests
// of what stands above a driver.
func (c *Chain) Stop() { c.setDown(true) }

// Start undoes Stop.
func (c *Chain) Start() { c.setDown(false) }

func (c *Chain) setDown(down bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.down = down
	c.wake()
}

func (c *Chain) isDown() bool {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.down
}

// addBlock puts a block on top. The caller holds the lock.
func (c *Chain) addBlock(content []byte) driver.Block {
	b := driver.Block{Time: c.o.Now().UTC()}
	previous := ""
	if n := len(c.blocks); n > 0 {
		top := c.blocks[n-1]
		previous, b.Height = top.Hash, top.Height+1
		if b.Time.Before(top.Time) {
			b.Time = top.Time // a chain's time never runs back, whatever the host's clock does
		}
	}
	sum := sumOf(frame("block", []byte(previous), number(b.Height), number(uint64(b.Time.UnixNano())), content))
	b.Hash = hex.EncodeToString(sum[:])
	c.blocks = append(c.blocks, b)
	c.wake()
	return b
}

// wake lets everybody look again who waits in Changes. The caller holds the lock.
func (c *Chain) wake() {
	close(c.grown)
	c.grown = make(chan struct{})
}

// final gives the newest final block. The genesis block is final by itself. The caller holds the lock.
func (c *Chain) final() driver.Block {
	return c.blocks[max(0, len(c.blocks)-1-c.o.FinalAfter)]
}

// finalCount says how many entries of a list in chain order stand in final blocks. The caller holds the lock.
func (c *Chain) finalCount(entries []*driver.Entry) int {
	height := c.final().Height
	return sort.Search(len(entries), func(i int) bool { return entries[i].Height > height })
}
