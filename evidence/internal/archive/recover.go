package archive

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"encoding/json"

	"github.com/ftagateway/ftagateway/evidence/internal/durable"
)

// The endings of the two files of an upload.
const (
	contentSuffix = ".content"
	itemSuffix    = ".item"
)

func (a *Archive) incoming() string { return filepath.Join(a.dir, "incoming") }

// recover empties incoming after a process that was killed. An upload whose content had moved into place was whole,
// and only its answer was lost: it is finished. Everything else never counted, and is deleted.
func (a *Archive) recover() error {
	left, err := os.ReadDir(a.incoming())
	if err != nil {
		return err
	}
	for _, f := range left {
		if name, ok := strings.CutSuffix(f.Name(), itemSuffix); ok {
			err = errors.Join(err, a.finish(name))
		}
	}
	for _, f := range left {
		if rm := os.Remove(filepath.Join(a.incoming(), f.Name())); !errors.Is(rm, fs.ErrNotExist) {
			err = errors.Join(err, rm)
		}
	}
	return errors.Join(err, durable.SyncDir(a.incoming()))
}

// finish moves an item's description into place if its content went before it.
func (a *Archive) finish(name string) error {
	if _, err := os.Stat(filepath.Join(a.incoming(), name+contentSuffix)); err == nil {
		return nil
	}
	data, err := readFile(filepath.Join(a.incoming(), name+itemSuffix), maxItem)
	if err != nil {
		return err
	}
	var it Item
	if broken := json.Unmarshal(data, &it) != nil || it.check() != nil; broken {
		return nil // written by halves, or not by us: it never counted
	}
	_, err = os.Stat(a.content(it.Digest))
	if errors.Is(err, fs.ErrNotExist) {
		return nil // its content never came
	}
	if err != nil {
		return err
	}
	return durable.Move(a.upload(it, name).item, a.path(it.Collection, it.UUID))
}
