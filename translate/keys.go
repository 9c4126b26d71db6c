package translate

import (
	"crypto/hmac"
	"crypto/sha256"
	"errors"
	"fmt"
	"sync/atomic"

	"github.com/google/uuid"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// Keys turn a ledger's own keys, which may tell something (an entry number, an invoice), into ids that tell nothing:
// HMAC-SHA-256 under a secret of that ledger alone, cut to 16 bytes, as a UUID of version 8 (RFC 9562 section 5.8). An
// HMAC has no way back, and so each id is kept with its key in a store. Safe for concurrent use.
type Keys struct {
	secret   []byte
	store    driver.KV
	failures atomic.Uint64 // of the store
}

// ErrUnknownID is the cause where the key behind an id is not known here: whether the ledger has it cannot be asked.
var ErrUnknownID = errors.New("must be an id that this gateway gave for a key of this ledger")

// minSecret is the length of the HMAC's output: a shorter secret would be easier to guess than an id.
const minSecret = 32

// NewKeys gives the keys of one ledger. The store is that ledger's own part; who loses it loses no answer, only the way
// from an id to its key until the key is read again. Another secret gives other ids.
func NewKeys(secret []byte, store driver.KV) (*Keys, error) {
	if len(secret) < minSecret {
		return nil, fmt.Errorf("keys of a ledger: the secret must have at least %d bytes", minSecret)
	}
	if store == nil {
		return nil, errors.New("keys of a ledger: there must be a store for the way back")
	}
	return &Keys{secret: append([]byte(nil), secret...), store: store}, nil
}

// maxKey bounds a ledger's key.
const maxKey = 1024

const keyDomain = "fta-key/1|"

// ID gives the id of a key, and keeps the way back.
func (k *Keys) ID(key string) (string, error) {
	if key == "" || len(key) > maxKey {
		return "", only("/id", nil, fmt.Sprintf("must stand under a key of 1 to %d bytes", maxKey))
	}
	mac := hmac.New(sha256.New, k.secret)
	mac.Write([]byte(keyDomain + key))
	id := uuid.UUID(mac.Sum(nil)[:16])
	id[6] = id[6]&0x0f | 0x80 // version 8
	id[8] = id[8]&0x3f | 0x80 // variant of RFC 9562
	if err := k.keep(id, key); err != nil {
		k.failures.Add(1)
		return "", fmt.Errorf("keeping the key of an id: %w", err)
	}
	return id.URN(), nil
}

func (k *Keys) keep(id uuid.UUID, key string) error {
	if _, known, err := k.store.Get(id[:]); known || err != nil {
		return err
	}
	return k.store.Apply(driver.Change{Key: id[:], Value: []byte(key)})
}

// Key gives the key of an id that was given before. The error is a schemas.Faults for what can be no such id, and
// ErrUnknownID for one that was not given here.
func (k *Keys) Key(id string) (string, error) {
	u, err := uuid.Parse(id)
	if err != nil || u.Version() != 8 || u.URN() != id {
		return "", only("/id", id, "must be a urn:uuid (version 8) that this gateway gave")
	}
	key, ok, err := k.store.Get(u[:])
	if err != nil {
		return "", fmt.Errorf("looking for the key of an id: %w", err)
	}
	if !ok {
		return "", fmt.Errorf("/id: %w", ErrUnknownID)
	}
	return string(key), nil
}
