// Package revocation remembers, on disk, which capabilities were taken back.
package revocation

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/ftagateway/ftagateway/evidence/internal/durable"
)

// Revocation is one capability that counts no more, and so nothing that was delegated from it.
type Revocation struct {
	ID      string    `json:"id"`      // the name of the capability: see evidence.Names
	Expires time.Time `json:"expires"` // its own; afterwards nobody needs to remember
	By      string    `json:"by"`      // did of whoever revoked it
	At      time.Time `json:"at"`
}

// ErrFull says that as many revocations are remembered as the folder may hold.
var ErrFull = errors.New("no more revocations can be remembered")

// grace is how long a revocation is kept after its capability expired: longer than any clock's error that a verifier
// forgives.
const grace = 24 * time.Hour

// Revocations is a folder with a file for each revocation. It is safe for concurrent use.
type Revocations struct {
	dir   string
	max   int
	mu    sync.Mutex
	count int
}

// Open opens the folder, makes it when it is missing, and drops what expired before now. It will hold at most max.
func Open(dir string, max int, now time.Time) (*Revocations, error) {
	r := &Revocations{dir: dir, max: max}
	if err := durable.MakeDir(dir); err != nil {
		return nil, err
	}
	files, err := os.ReadDir(dir)
	if err != nil {
		return nil, fmt.Errorf("list revocations: %w", err)
	}
	for _, f := range files {
		kept, err := r.sweep(filepath.Join(dir, f.Name()), now)
		if err != nil {
			return nil, err
		}
		r.count += kept
	}
	return r, durable.SyncDir(dir)
}

// sweep removes a file that nobody needs and answers how many it kept, 0 or 1. A file that cannot be read is an error:
// it may stand for a capability that must not count.
func (r *Revocations) sweep(path string, now time.Time) (int, error) {
	if filepath.Ext(path) == partSuffix {
		return 0, os.Remove(path)
	}
	var rev Revocation
	data, err := os.ReadFile(path)
	if err == nil {
		err = json.Unmarshal(data, &rev)
	}
	if err != nil {
		return 0, fmt.Errorf("read revocation %s: %w", filepath.Base(path), err)
	}
	if now.Before(rev.Expires.Add(grace)) {
		return 1, nil
	}
	return 0, os.Remove(path)
}

// partSuffix ends the name of a file that is still being written.
const partSuffix = ".part"

// Add remembers a revocation; it is on disk when Add returns. One that is known already is no error.
func (r *Revocations) Add(rev Revocation) error {
	data, err := json.Marshal(rev)
	if err != nil {
		return err
	}
	if err := r.reserve(rev.ID); err != nil {
		return err
	}
	part := filepath.Join(r.dir, rand.Text()+partSuffix)
	if err := durable.Create(part, data); err != nil {
		return err
	}
	return durable.Move(part, r.path(rev.ID))
}

// reserve counts one more, unless that id is there already. What fails later stays counted until the next Open.
func (r *Revocations) reserve(id string) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if known, err := r.Any(id); known || err != nil {
		return err
	}
	if r.count >= r.max {
		return fmt.Errorf("%w: %d", ErrFull, r.max)
	}
	r.count++
	return nil
}

// Any reports whether one of these capabilities was revoked. It asks the disk for each, whatever it found before.
func (r *Revocations) Any(ids ...string) (bool, error) {
	found := false
	for _, id := range ids {
		_, err := os.Stat(r.path(id))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return false, fmt.Errorf("look for a revocation: %w", err)
		}
		found = found || err == nil
	}
	return found, nil
}

// path is a file's name for an id, which is foreign text and may be of any length.
func (r *Revocations) path(id string) string {
	return filepath.Join(r.dir, fmt.Sprintf("%x.json", sha256.Sum256([]byte(id))))
}
