// Package store is the durable ordered store of one gateway process: the witness log, the indexes that drivers build, what
// they signed and sent, idempotency keys and capabilities. It is a driver.KV on Pebble, in one folder, opened once.
package store

import (
	"errors"
	"fmt"
	"sync"

	"github.com/cockroachdb/pebble"
	"github.com/cockroachdb/pebble/vfs"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// ErrClosed is what every method answers once Close was called.
var ErrClosed = errors.New("store: closed")

// Store is an open folder. It is safe for concurrent use. As a driver.KV it is the corner with the empty name; everybody
// else is given a corner of their own by Sub.
type Store struct {
	corner
	db *pebble.DB
	// life is read-held by every call under way, and write-held for good by Close.
	life  sync.RWMutex
	close sync.Once
}

// Open opens the store in a folder, and makes the folder, readable by its owner only, if it is not there. What a killed
// process left behind is recovered first. A folder that another process, or another Store, has open is an error. The
// caller closes the Store.
func Open(dir string) (*Store, error) { return open(dir, vfs.Default) }

// Memory opens a store that lasts as long as the process, for tests. The caller closes it.
func Memory() *Store {
	s, err := open("/store", vfs.NewMem())
	if err != nil {
		panic(err) // memory does not fail to open
	}
	return s
}

func open(dir string, fs vfs.FS) (*Store, error) {
	if err := makeFolder(dir, fs); err != nil {
		return nil, fmt.Errorf("open store: make folder: %w", err)
	}
	cache := pebble.NewCache(cacheBytes)
	defer cache.Unref() // the database keeps its own
	db, err := pebble.Open(dir, options(fs, cache))
	if err != nil {
		return nil, fmt.Errorf("open store %s: %w", dir, err)
	}
	s := &Store{db: db}
	s.corner = s.named("")
	return s, nil
}

// Sub answers the corner of the store with that name. Any two names are apart, whatever bytes they have and whatever keys
// are used; the same name is the same corner. It stays usable until the Store is closed.
func (s *Store) Sub(name string) driver.KV {
	c := s.named(name)
	return &c
}

// Close waits for calls under way and closes the folder. Corners answer ErrClosed afterwards. A second Close does
// nothing. It must not be called from within a Scan.
func (s *Store) Close() error {
	var err error
	s.close.Do(func() {
		s.life.Lock()
		err = s.db.Close()
	})
	if err != nil {
		return fmt.Errorf("close store: %w", err)
	}
	return nil
}

// enter begins a call. It fails once a Close waits or is done, and then leave must not be called.
func (s *Store) enter() error {
	if !s.life.TryRLock() {
		return ErrClosed
	}
	return nil
}

func (s *Store) leave() { s.life.RUnlock() }
