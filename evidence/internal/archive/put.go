package archive

import (
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/ftagateway/ftagateway/evidence/internal/durable"
	"github.com/ftagateway/ftagateway/ld"
)

// upload is one Put under way: two files in incoming with the same name, which move into place one after the other.
// The order is what recovery reads: while the content is still in incoming nothing counts, once it has moved the
// description is whole and only has to follow.
type upload struct {
	content, item   string // in incoming
	contentTo, toIt string // in place
}

// Put keeps content as it says in it; Digest and Size are filled in here. When it returns without error both last.
// An item that is already there stays as it is and is answered again, so that the same upload may be repeated.
func (a *Archive) Put(it Item, content []byte) (Item, error) {
	if err := it.check(); err != nil {
		return Item{}, err
	}
	if have, ok, err := a.Find(it.Collection, it.UUID); ok || err != nil {
		return have, err
	}
	it.Digest, it.Size = ld.Sum(content), int64(len(content))
	u, err := a.stage(it, content)
	if err != nil {
		return Item{}, fmt.Errorf("keep evidence %s: %w", it.UUID, err)
	}
	if err := u.place(); err != nil {
		return Item{}, fmt.Errorf("keep evidence %s: %w", it.UUID, err)
	}
	return it, nil
}

// stage writes both files where nobody looks for them.
func (a *Archive) stage(it Item, content []byte) (*upload, error) {
	item, err := json.Marshal(it)
	if err != nil {
		return nil, err
	}
	u := a.upload(it, rand.Text()) // a name of its own: the same upload may be under way twice
	if err := durable.Create(u.content, content); err != nil {
		return nil, err
	}
	if err := durable.Create(u.item, item); err != nil {
		return nil, errors.Join(err, os.Remove(u.content))
	}
	return u, durable.SyncDir(a.incoming())
}

func (a *Archive) upload(it Item, name string) *upload {
	return &upload{
		content: filepath.Join(a.incoming(), name+contentSuffix), contentTo: a.content(it.Digest),
		item: filepath.Join(a.incoming(), name+itemSuffix), toIt: a.path(it.Collection, it.UUID),
	}
}

// place moves content and description to where they are found. Content that is already there is replaced by the same
// bytes, which also mends what somebody altered on disk.
func (u *upload) place() error {
	if err := durable.Move(u.content, u.contentTo); err != nil {
		return err
	}
	return durable.Move(u.item, u.toIt)
}
