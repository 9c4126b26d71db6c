package gatewaytest

import (
	"crypto/rand"
	"slices"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/memory"
	"github.com/ftagateway/ftagateway/adapters/store"
	"github.com/ftagateway/ftagateway/filing"
	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/translate"
	"github.com/ftagateway/ftagateway/trust/key"
)

// Foreign is a chain of a shape of its own, to which tests write native bodies.
type Foreign struct {
	t       testing.TB
	Chain   *memory.Ledger
	Mapping *translate.Mapping
}

// NewForeign makes one with a mapping file, under a secret of its own. Its members may read whole documents, and what is
// listed besides.
func NewForeign(t testing.TB, mapping string, allow ...string) *Foreign {
	t.Helper()
	secret := make([]byte, 32)
	_, _ = rand.Read(secret)
	lasting := store.Memory()
	t.Cleanup(func() { _ = lasting.Close() })
	keys := must(translate.NewKeys(secret, lasting.Sub("keys")))(t)
	m := must(translate.Parse("foreign.yaml", []byte(mapping), translate.Options{Keys: keys,
		Policy: translate.Policy{Readers: translate.Permissioned, Allow: append(allow, "/subject")}}))(t)
	return &Foreign{t, memory.New(memory.Options{ForTesting: true}), m}
}

// Put writes a version of a key, and answers its native digest. The first is version 1.
func (f *Foreign) Put(key string, version uint64, body string) ld.Digest {
	f.t.Helper()
	must(f.Chain.Append(f.t.Context(), &driver.Write{Key: key, Expect: version - 1, Body: []byte(body)}))(f.t)
	return ld.Sum([]byte(body))
}

// ID is what stands for a key.
func (f *Foreign) ID(key string) string {
	f.t.Helper()
	return must(f.Mapping.ID(key))(f.t)
}

// Pin names a version of a key as a line or a disposition would.
func (f *Foreign) Pin(key string, version uint64, digest ld.Digest) model.Pin {
	return model.Pin{ID: f.ID(key), Ledger: f.Chain.Describe().URI, Version: version, Digest: digest}
}

// Account is who writes through Put.
func (f *Foreign) Account() model.Account {
	a := f.Chain.Author()
	return model.Account{Kind: a.Kind, ID: a.ID, Ledger: f.Chain.Describe().URI}
}

// Bind has the trusted issuer vouch for an account of a partner, from an hour ago on.
func (w *World) Bind(name string, p *filing.Partner, a model.Account) {
	w.t.Helper()
	found, ok := w.Config.Participants.ByKey(must(key.DID(p.Issuer))(w.t))
	if !ok {
		w.t.Fatalf("%s is no participant", name)
	}
	subject := found.Participant
	a.ValidFrom = model.At(time.Now().Add(-time.Hour))
	subject.Accounts = append(slices.Clone(subject.Accounts), a)
	w.publish(name, &subject)
	w.reload()
}
