package journal

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"os"
	"syscall"
	"time"

	"github.com/google/uuid"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/trust/did"
)

// genesis is the first line. It names the chain.
type genesis struct {
	URI  string    `json:"uri"`
	Time time.Time `json:"time"`
}

// block is every other line: one version of one key.
type block struct {
	Previous string    `json:"previous"` // hash of the line before, in hex
	Time     time.Time `json:"time"`
	Write    write     `json:"write"`
	// Signature is the author's over the write, and so says nothing of where in the chain it stands.
	Author    string `json:"author"`
	Signature []byte `json:"signature"`
}

// write is what an author signs.
type write struct {
	Key         string          `json:"key"`
	Version     uint64          `json:"version"`
	Body        []byte          `json:"body"`
	Lookups     []driver.Lookup `json:"lookups,omitempty"`
	Idempotency string          `json:"idempotency,omitempty"`
}

func (w *write) bytes() []byte {
	data, _ := json.Marshal(w) // no member of it can fail
	return data
}

func (b *block) authentic() bool {
	key, err := did.Ed25519(b.Author)
	return err == nil && ed25519.Verify(key, b.Write.bytes(), b.Signature)
}

// openChain opens or makes a journal, and checks every line of it.
func openChain(path string) (*chain, error) {
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return nil, driver.Errorf(driver.Unavailable, "journal: %w", err)
	}
	if err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		_ = file.Close()
		return nil, driver.Errorf(driver.Unavailable, "journal: %s is in use by another process: %w", path, err)
	}
	c := newChain(file)
	if err := c.load(); err != nil {
		_ = file.Close()
		return nil, err
	}
	return c, nil
}

// load reads the lines that are there. A last line that a crash cut off was never acknowledged, and is dropped.
func (c *chain) load() error {
	data, err := io.ReadAll(c.file)
	if err != nil {
		return driver.Errorf(driver.Unavailable, "journal: %w", err)
	}
	whole := data[:bytes.LastIndexByte(data, '\n')+1]
	if err := c.file.Truncate(int64(len(whole))); err != nil {
		return driver.Errorf(driver.Unavailable, "journal: %w", err)
	}
	if len(whole) == 0 {
		return c.begin()
	}
	for line := range bytes.Lines(whole) {
		if err := c.take(bytes.TrimSuffix(line, []byte("\n"))); err != nil {
			return err
		}
	}
	return nil
}

// begin writes the first line of a new journal.
func (c *chain) begin() error {
	line, _ := json.Marshal(genesis{uuid.New().URN(), time.Now().UTC()}) // two members that cannot fail
	if err := c.write(line); err != nil {
		return err
	}
	return c.take(line)
}

// write has a line on the disk when it returns. After a failure nobody knows what is there, so that the chain is of no
// more use: whoever opens it again reads what is.
func (c *chain) write(line []byte) error {
	if c.broken != nil {
		return c.broken
	}
	_, err := c.file.Write(append(line, '\n'))
	if err == nil {
		err = c.file.Sync()
	}
	if err != nil {
		c.broken = driver.Errorf(driver.OutcomeUnknown, "journal: %w", err)
	}
	return c.broken
}

func hashOf(line []byte) string {
	sum := sha256.Sum256(line)
	return hex.EncodeToString(sum[:])
}
