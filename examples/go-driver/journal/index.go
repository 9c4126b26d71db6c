package journal

import (
	"encoding/json"
	"os"
	"slices"
	"sync"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// chain is an open journal: the file, and what is kept in memory of its lines. Line n is block n, genesis is block 0.
type chain struct {
	file *os.File
	uri  string

	mu       sync.RWMutex
	broken   error // why nothing can be written any more
	blocks   []driver.Block
	log      []*driver.Entry // of block n at n-1; never changed once it is here
	versions map[string][]*driver.Entry
	found    map[driver.Lookup][]string // keys, in the order in which they were first written with the lookup
	byTx     map[string]*driver.Entry
	repeats  map[string]repeat
	grown    chan struct{} // closed, and replaced, when a block was added
}

// repeat is a write that was seen before, by what makes it the same.
type repeat struct {
	content string
	entry   *driver.Entry
}

func newChain(file *os.File) *chain {
	return &chain{file: file, versions: map[string][]*driver.Entry{}, found: map[driver.Lookup][]string{},
		byTx: map[string]*driver.Entry{}, repeats: map[string]repeat{}, grown: make(chan struct{})}
}

func (c *chain) close() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.broken = errClosed()
	return c.file.Close()
}

// take adds a line that is on the disk. The caller holds the lock, or nobody else knows the chain yet.
func (c *chain) take(line []byte) error {
	height := uint64(len(c.blocks))
	if height == 0 {
		return c.takeGenesis(line)
	}
	var b block
	if err := json.Unmarshal(line, &b); err != nil {
		return driver.Errorf(driver.Corrupt, "journal: line %d: %w", height+1, err)
	}
	stands := uint64(len(c.versions[b.Write.Key]))
	if b.Previous != c.top().Hash || b.Write.Version != stands+1 || !b.authentic() {
		return driver.Errorf(driver.Corrupt, "journal: line %d is not one that its author appended here", height+1)
	}
	c.blocks = append(c.blocks, driver.Block{Height: height, Hash: hashOf(line), Time: b.Time})
	c.index(&b)
	close(c.grown)
	c.grown = make(chan struct{})
	return nil
}

func (c *chain) takeGenesis(line []byte) error {
	var g genesis
	if err := json.Unmarshal(line, &g); err != nil || g.URI == "" {
		return driver.Errorf(driver.Corrupt, "journal: line 1 is no genesis of a journal")
	}
	c.uri = g.URI
	c.blocks = append(c.blocks, driver.Block{Hash: hashOf(line), Time: g.Time})
	return nil
}

// index makes an entry of the newest block.
func (c *chain) index(b *block) {
	top, w := c.top(), &b.Write
	e := &driver.Entry{
		Key: w.Key, Version: w.Version, Body: w.Body,
		Author:   driver.Author{Kind: "did", ID: b.Author, Evidence: b.Signature},
		Position: driver.Position{Height: top.Height, Tx: top.Hash, Time: top.Time, Final: true},
		Cursor:   c.cursor(top.Height),
	}
	c.log = append(c.log, e)
	c.versions[e.Key] = append(c.versions[e.Key], e)
	c.byTx[e.Tx] = e
	c.repeats[w.sameAs()] = repeat{w.content(), e}
	for _, l := range w.Lookups {
		if !slices.Contains(c.found[l], e.Key) {
			c.found[l] = append(c.found[l], e.Key)
		}
	}
}

func (c *chain) top() driver.Block { return c.blocks[len(c.blocks)-1] }

// now is the time of the next block. A chain's time never runs back, whatever the clock of the machine does.
func (c *chain) now() time.Time {
	now := time.Now().UTC()
	if before := c.top().Time; now.Before(before) {
		return before
	}
	return now
}

// content is what two writes must share to be the same one.
func (w *write) content() string { return hashOf(w.bytes()) }

// sameAs is the caller's own word for a write, or else what it holds. The first byte keeps the two apart.
func (w *write) sameAs() string {
	if w.Idempotency != "" {
		return "+" + w.Idempotency
	}
	plain := write{Key: w.Key, Version: w.Version, Body: w.Body}
	return "=" + plain.content()
}
