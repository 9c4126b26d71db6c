// Package archive keeps evidence in a folder: content by its digest, and beside it a small description by collection
// and id.
//
// What Put has answered stays, whenever the process or the machine stops; what it has not answered is never seen half
// written. The folder holds
//
//	content/<first byte>/<SHA-256>        the bytes, in hexadecimal names
//	collections/<collection>/<uuid>.json  an Item
//	incoming/                             uploads under way; emptied by Open
package archive

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/cockroachdb/pebble/vfs"

	"github.com/ftagateway/ftagateway/evidence/internal/durable"
	"github.com/ftagateway/ftagateway/ld"
)

// Archive is a folder of evidence. It is safe for concurrent use.
type Archive struct {
	dir  string
	lock io.Closer
}

// Open opens the folder, makes it when it is missing, and clears up after a process that was killed. One process has
// a folder at a time: a second one is an error. The caller closes it.
func Open(dir string) (*Archive, error) {
	a := &Archive{dir: dir}
	if err := durable.MakeDir(a.incoming()); err != nil {
		return nil, err
	}
	lock, err := vfs.Default.Lock(filepath.Join(dir, "lock"))
	if err != nil {
		return nil, fmt.Errorf("lock evidence folder %s, which another process may have: %w", dir, err)
	}
	a.lock = lock
	if err := a.recover(); err != nil {
		return nil, errors.Join(fmt.Errorf("clear up evidence folder %s: %w", dir, err), lock.Close())
	}
	return a, nil
}

// Close lets another process have the folder.
func (a *Archive) Close() error {
	if a.lock == nil {
		return nil
	}
	lock := a.lock
	a.lock = nil
	return lock.Close()
}

// Find answers an item of a collection, and false if there is none. Names that no item can have find none.
func (a *Archive) Find(collection, uuid string) (Item, bool, error) {
	if !nameable(collection, uuid) {
		return Item{}, false, nil
	}
	data, err := readFile(a.path(collection, uuid), maxItem)
	if errors.Is(err, fs.ErrNotExist) {
		return Item{}, false, nil
	}
	if err != nil {
		return Item{}, false, fmt.Errorf("read description of %s: %w", uuid, err)
	}
	it, err := decodeItem(data, collection, uuid)
	return it, err == nil, err
}

// Content answers the bytes that the disk has for an item, at most max of them, and whether they are still those that
// were put there. Missing bytes, or more than max, are ErrDamaged.
func (a *Archive) Content(it Item, max int64) (data []byte, intact bool, err error) {
	data, err = readFile(a.content(it.Digest), max)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, false, fmt.Errorf("%w: no content for %s", ErrDamaged, it.UUID)
	case err != nil:
		return nil, false, fmt.Errorf("read content of %s: %w", it.UUID, err)
	}
	return data, ld.Sum(data) == it.Digest, nil
}

// readFile reads a file of at most max bytes; a longer one is ErrDamaged.
func readFile(path string, max int64) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }() // opened for reading: nothing is lost
	data, err := io.ReadAll(io.LimitReader(f, max+1))
	if err != nil {
		return nil, err
	}
	if int64(len(data)) > max {
		return nil, fmt.Errorf("%w: more than %d bytes", ErrDamaged, max)
	}
	return data, nil
}
