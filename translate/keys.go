package translate

import (
	"crypto/hmac"
	"crypto/sha256"
	"errors"
	"fmt"

	"github.com/google/uuid"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/translate/format"
	"github.com/ftagateway/ftagateway/translate/shape"
	"github.com/ftagateway/ftagateway/translate/source"
)

// Keys turn a ledger's own keys, which may tell something (an entry number, an invoice), into ids that tell nothing:
// HMAC-SHA-256 under a secret of that ledger alone, cut to 16 bytes, as a UUID of version 8 (RFC 9562 section 5.8). An
// HMAC has no way back, and so each id is kept with its key in a store. Safe for concurrent use.
type Keys struct {
	secret []byte
	store  driver.KV
}

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
	return &Keys{append([]byte(nil), secret...), store}, nil
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

// Key gives the key of an id that was given before.
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
		return "", only("/id", id, "must be an id that this gateway gave for a key of this ledger")
	}
	return string(key), nil
}

// keys reads how the ledger's keys and ids belong together: key: id, key: foreign, or the spelling that the ids have
// there, such as key: bytes32 or key: {without: "urn:uuid:"}.
func (l *loader) keys(m *Mapping) error {
	v, ok := l.f["key"]
	word, _ := v.JSON().(string)
	switch {
	case ok && word == "foreign" && m.kind == kindRecord:
		return v.Refuse("must not be foreign: a record states its own id, and stands under it")
	case word == "foreign", !ok && m.kind != kindRecord:
		m.shape.key, m.shape.id = noKeys, noKeys
		if k := l.options.Keys; k != nil {
			m.shape.key, m.shape.id = k.Key, k.ID
		}
		return nil
	case word == "id", !ok:
		m.shape.key, m.shape.id = asID, asID
		return nil
	}
	return l.spelled(m, v)
}

func noKeys(string) (string, error) {
	return "", only("/id", nil, errNoKeys.Error())
}

// foreign spells the ids of links as the ledger's own keys.
type foreign struct{ keys *Keys }

func (f foreign) Native(id any) (any, error) {
	s, _ := id.(string)
	key, err := f.keys.Key(s)
	if err != nil {
		return nil, errors.New("must be an id that this gateway gave for a key of this ledger")
	}
	return key, nil
}

func (f foreign) Model(key any) (any, error) {
	s, _ := key.(string)
	id, err := f.keys.ID(s)
	if err != nil {
		return nil, errors.New("must be a key of this ledger that could be given an id")
	}
	return id, nil
}

type withoutKeys struct{}

var errNoKeys = errors.New("must be translated by the ledger's secret, and the mapping was opened without one")

func (withoutKeys) Native(any) (any, error) { return nil, errNoKeys }
func (withoutKeys) Model(any) (any, error)  { return nil, errNoKeys }

// linked gives the format by which links name the ledger's own keys.
func (l *loader) linked(m *Mapping) format.Format {
	switch {
	case m.kind == kindRecord:
		return nil
	case l.options.Keys == nil:
		return withoutKeys{}
	}
	return foreign{l.options.Keys}
}

// spelled is for a ledger that has ids as keys, in another spelling.
func (l *loader) spelled(m *Mapping, v source.Value) error {
	f, err := shape.Format(v, format.Leaf{Form: "uuid", Type: "string"})
	if err != nil {
		return err
	}
	m.shape.key = func(id string) (string, error) {
		if _, err := asID(id); err != nil {
			return "", err
		}
		return oneWay(f.Native, id)
	}
	m.shape.id = func(key string) (string, error) {
		id, err := oneWay(f.Model, key)
		if err != nil {
			return "", err
		}
		if back, err := oneWay(f.Native, id); err != nil || back != key {
			return "", only("/id", nil, "must stand under a key in its one spelling")
		}
		return asID(id)
	}
	return nil
}

func oneWay(convert func(any) (any, error), s string) (string, error) {
	v, err := convert(s)
	if err != nil {
		return "", only("/id", nil, err.Error())
	}
	text, ok := v.(string)
	if !ok {
		return "", only("/id", nil, "must be text")
	}
	return text, nil
}
