package archive

import (
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"github.com/ftagateway/ftagateway/evidence"
	"github.com/ftagateway/ftagateway/ld"
)

// Item is what is known of one piece of evidence beside its bytes.
type Item struct {
	UUID       string    `json:"uuid"`
	Collection string    `json:"collection"`
	Digest     ld.Digest `json:"digest"`
	MediaType  string    `json:"mediaType"`
	Size       int64     `json:"size"` // bytes
	Kept       time.Time `json:"kept"` // UTC
	By         string    `json:"by"`   // did of whoever uploaded it
}

// ErrDamaged says that the disk has something else than what was put there, so that not even bytes can be given.
var ErrDamaged = errors.New("evidence is damaged on disk")

// maxItem bounds the description of an item on disk, in bytes.
const maxItem = 4096

// decodeItem reads an item's description and holds it against the name it was found under.
func decodeItem(data []byte, collection, uuid string) (Item, error) {
	var it Item
	if err := json.Unmarshal(data, &it); err != nil {
		return Item{}, fmt.Errorf("%w: description of %s: %w", ErrDamaged, uuid, err)
	}
	if it.UUID != uuid || it.Collection != collection {
		return Item{}, fmt.Errorf("%w: description of %s names another", ErrDamaged, uuid)
	}
	return it, nil
}

// check refuses names that could lead out of the archive's folder, or that it could not find again.
func (it Item) check() error {
	if err := evidence.CheckCollection(it.Collection); err != nil {
		return err
	}
	return evidence.CheckUUID(it.UUID)
}

// nameable reports whether an item can have these names.
func nameable(collection, uuid string) bool {
	return Item{Collection: collection, UUID: uuid}.check() == nil
}

// path is where an item's description stands.
func (a *Archive) path(collection, uuid string) string {
	return filepath.Join(a.dir, "collections", collection, uuid+".json")
}

// content is where the bytes with a digest stand. The name is hexadecimal, since the usual spelling of a digest tells
// upper from lower case and not every disk does.
func (a *Archive) content(d ld.Digest) string {
	return filepath.Join(a.dir, "content", fmt.Sprintf("%x", d[:1]), fmt.Sprintf("%x", d[:]))
}
