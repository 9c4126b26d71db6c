// Package durable puts files on disk so that they are there whole, or not at all, whenever the machine stops.
package durable

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
)

// Create writes a new file that only its owner may read, and has its content on disk when it returns. Its name is not
// yet certain to last: Move it, or SyncDir its folder. On an error nothing stays behind.
func Create(path string, data []byte) (err error) {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return fmt.Errorf("create file: %w", err)
	}
	defer func() {
		err = errors.Join(err, f.Close())
		if err != nil {
			_ = os.Remove(path)
		}
	}()
	if _, err := f.Write(data); err != nil {
		return fmt.Errorf("write file: %w", err)
	}
	return f.Sync()
}

// Move gives a file its name for good, in place of any other of that name. The folder is made when it is missing.
func Move(from, to string) error {
	dir := filepath.Dir(to)
	if err := MakeDir(dir); err != nil {
		return err
	}
	if err := os.Rename(from, to); err != nil {
		return fmt.Errorf("move file into place: %w", err)
	}
	return SyncDir(dir)
}

// making lets nobody see a new folder before its name is on disk, and so promise something inside it too early.
var making sync.Mutex

// MakeDir makes a folder that only its owner may enter, and those above it, for good.
func MakeDir(dir string) error {
	making.Lock()
	defer making.Unlock()
	return makeDir(dir)
}

func makeDir(dir string) error {
	if _, err := os.Stat(dir); err == nil {
		return nil
	}
	parent := filepath.Dir(dir)
	if err := makeDir(parent); err != nil {
		return err
	}
	if err := os.Mkdir(dir, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("make folder: %w", err)
	}
	return SyncDir(parent)
}

// SyncDir has the names in a folder on disk when it returns.
func SyncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return fmt.Errorf("open folder: %w", err)
	}
	if err := errors.Join(d.Sync(), d.Close()); err != nil {
		return fmt.Errorf("write folder to disk: %w", err)
	}
	return nil
}
