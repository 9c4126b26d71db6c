package faultmatrix_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/adapters"
	"github.com/ftagateway/ftagateway/adapters/disclosure"
	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/remote/vendornodetest"
	"github.com/ftagateway/ftagateway/adapters/store"
	"github.com/ftagateway/ftagateway/translate"
	"github.com/ftagateway/ftagateway/trust"
)

const vendor = "vendor-node"

// unsigned is why a vendor's ledger has no cell of a forged proof.
const unsigned = notOffered + ": nobody signs Acme's documents, and its server proves nothing"

// vendorNode is the driver of the ledger protocol before a vendor's own server in Node.js, as its README has it configured:
// documents of the vendor's own shape, which the gateway reads by a mapping and never writes.
func vendorNode(t *testing.T) row {
	t.Helper()
	server := vendornodetest.Start(t, filepath.Join(t.TempDir(), "ledger.jsonl"))
	a := newAcme(t, server.Driver())
	return row{driver: vendor, reach: func(t *testing.T) reach {
		r := overHTTP(t, server.URL.Host, func(url string) adapters.Config {
			return adapters.Config{URL: "ledger+" + url, Mapping: a.mapping, Policy: disclosure.Permissioned,
				Require: []string{trust.Schema, trust.Versions}}
		})
		r.acme, r.unlike = a, map[string]string{forgedProof: unsigned}
		r.lies = map[string]lie{garbage: noise, wrongShape: foreign, staleBlock: rewound}
		return r
	}}
}

// acme is the vendor with programs of its own, which write to its ledger past every gateway.
type acme struct {
	ledger  driver.Ledger
	mapping *translate.Mapping
	sample  []byte
}

func newAcme(t *testing.T, url string) *acme {
	t.Helper()
	folder, lasting := vendornodetest.Folder(t), store.Memory()
	keys := must(translate.NewKeys(make([]byte, 32), lasting.Sub("keys")))(t)
	a := &acme{
		ledger: must(driver.Open(t.Context(), url, driver.Env{}))(t),
		mapping: must(translate.Open(filepath.Join(folder, "acme.yaml"), translate.Options{Keys: keys,
			Policy: translate.Policy{Readers: translate.Permissioned, Allow: []string{"/subject"}}}))(t),
		sample: must(os.ReadFile(filepath.Join(folder, "acme-0017.json")))(t),
	}
	t.Cleanup(func() {
		_ = a.ledger.Close()
		_ = lasting.Close()
	})
	return a
}

func newNumber() string { return fmt.Sprintf("ACME-%016x", rand.Uint64()) }

// nobody is an id of a certificate number that the ledger has not.
func (a *acme) nobody(t *testing.T) string { return must(a.mapping.ID(newNumber()))(t) }

// writes writes a certificate, or what replaces one.
func (a *acme) writes(t *testing.T, before filed) filed {
	t.Helper()
	var d map[string]any
	text, number, state := a.sample, newNumber(), "ISSUED"
	if before.native != nil {
		text, state = before.native, "REPLACED"
	}
	if err := json.Unmarshal(text, &d); err != nil {
		t.Fatal(err)
	}
	if before.native != nil {
		number = d["no"].(string)
	}
	d["no"], d["state"], d["memo"], d["at"] = number, state, fmt.Sprintf("%x", rand.Uint64()), time.Now().Unix()
	body := must(json.Marshal(d))(t)
	r := must(a.ledger.Append(t.Context(), &driver.Write{Key: number, Expect: before.version, Body: body}))(t)
	return filed{id: must(a.mapping.ID(number))(t), version: r.Version, native: body}
}
