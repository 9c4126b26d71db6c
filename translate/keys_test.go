package translate_test

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/translate"
)

// store is the smallest driver.KV.
type store struct {
	values map[string]string
	err    error
	writes int
}

func newStore() *store { return &store{values: map[string]string{}} }

func (s *store) Get(key []byte) ([]byte, bool, error) {
	v, ok := s.values[string(key)]
	return []byte(v), ok, s.err
}

func (s *store) Apply(changes ...driver.Change) error {
	s.writes++
	for _, c := range changes {
		s.values[string(c.Key)] = string(c.Value)
	}
	return s.err
}

func (s *store) Scan([]byte, []byte, func(key, value []byte) bool) error { return s.err }

func keys(t testing.TB, kv driver.KV) *translate.Keys {
	t.Helper()
	k, err := translate.NewKeys(bytes.Repeat([]byte{9}, 32), kv)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func TestAForeignKeyBecomesAnIDThatTellsNothing(t *testing.T) {
	kv := newStore()
	k := keys(t, kv)
	id, err := k.ID("ABC12345676")
	if err != nil {
		t.Fatal(err)
	}
	u, err := uuid.Parse(id)
	if err != nil || u.Version() != 8 || u.Variant() != uuid.RFC4122 || u.URN() != id {
		t.Errorf("id %s, want a urn:uuid of version 8", id)
	}
	again, err := k.ID("ABC12345676")
	if err != nil || again != id || kv.writes != 1 {
		t.Errorf("again %s, %v, %d writes; want the same id, kept once", again, err, kv.writes)
	}
	if key, err := k.Key(id); err != nil || key != "ABC12345676" {
		t.Errorf("back to %q, %v", key, err)
	}
	other, err := translate.NewKeys(bytes.Repeat([]byte{8}, 32), newStore())
	if err != nil {
		t.Fatal(err)
	}
	if id2, _ := other.ID("ABC12345676"); id2 == id {
		t.Error("the id does not depend on the ledger's secret: who knows the keys could guess it")
	}
}

func TestKeysRefuse(t *testing.T) {
	k := keys(t, newStore())
	for name, err := range map[string]error{
		"an id that was never given":  second(k.Key("urn:uuid:0d9c1c5e-95a4-8c9a-8b1f-6f2f1f3f9a01")),
		"a random id":                 second(k.Key(id)),
		"no id":                       second(k.Key("ABC12345676")),
		"an empty key":                second(k.ID("")),
		"a key beyond any":            second(k.ID(strings.Repeat("x", 2000))),
		"a short secret":              second(translate.NewKeys([]byte("short"), newStore())),
		"no store":                    second(translate.NewKeys(bytes.Repeat([]byte{9}, 32), nil)),
		"a mapping opened without":    second(published(t, "usmca", translate.Options{}).ID("ABC12345676")),
		"an id without a key to it":   second(published(t, "usmca", translate.Options{}).Key(id)),
		"a key that is no id's bytes": second(load(t, "contract.yaml", translate.Options{}).ID("ABC12345676")),
	} {
		if err == nil {
			t.Errorf("%s: taken", name)
		} else if strings.Contains(err.Error(), "ABC12345676") && name != "no id" {
			t.Errorf("%s: the error repeats the key: %v", name, err)
		}
	}
	down := newStore()
	down.err = errors.New("disk full")
	if _, err := keys(t, down).ID("K"); !errors.Is(err, down.err) {
		t.Errorf("%v, want what the store says", err)
	}
}

func second[T any](_ T, err error) error { return err }

func TestAKeyMayBeAnIDInAnotherSpelling(t *testing.T) {
	m := load(t, "contract.yaml", translate.Options{})
	key, err := m.Key(id)
	if err != nil || key != "0x0d9c1c5e95a44c9a8b1f6f2f1f3f9a0100000000000000000000000000000000" {
		t.Fatalf("key %s, %v", key, err)
	}
	if back, err := m.ID(key); err != nil || back != id {
		t.Errorf("back to %s, %v", back, err)
	}
	if _, err := m.ID(strings.ToUpper(key)); err == nil {
		t.Error("a second spelling of one key was taken")
	}
	if !slices.Contains(translate.PublishedNames(), "usmca") {
		t.Error("usmca is not published")
	}
}
