package store

import (
	"errors"

	"github.com/cockroachdb/pebble/vfs"
)

// makeFolder makes a folder and those above it. Each is synced into the one above: Pebble syncs what is in its folder, and
// a folder whose own name was never synced is gone after a power loss with all of it.
func makeFolder(dir string, fs vfs.FS) error {
	_, err := fs.Stat(dir)
	if err == nil {
		return nil
	}
	parent := fs.PathDir(dir)
	if parent == dir {
		return err
	}
	if err := makeFolder(parent, fs); err != nil {
		return err
	}
	if err := fs.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	return syncFolder(parent, fs)
}

func syncFolder(dir string, fs vfs.FS) error {
	f, err := fs.OpenDir(dir)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
