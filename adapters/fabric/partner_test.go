package fabric_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/conformance"
	"github.com/ftagateway/ftagateway/translate"
)

// written is how the partner's own programs write: the mapping of the example only reads.
const written = `{"entries": {"state": "{key}"}, "create": ["Lodge", "{key}", "{body}"], "update": ["Amend", "{key}", "{body}"],
	"writes": "checkThenWrite", "refusals": [{"says": "was lodged already", "code": "conflict"}, {"says": "must say its number", "code": "invalid"}]}`

// theDeclarations opens the partner's chaincode, with a ledger section of a mapping.
func theDeclarations(ctx context.Context, n *running, kv driver.KV, native []byte) (driver.Ledger, error) {
	return driver.Open(ctx, n.url("declarations", "User1"), driver.Env{Store: kv, Native: native})
}

// TestAPartnersChaincodeByItsMappingAlone reads declarations of a chaincode that knows nothing of this project: it passes
// what it describes, versions come from the blocks, and what it cannot give is not offered.
func TestAPartnersChaincodeByItsMappingAlone(t *testing.T) {
	n, kv := theNetwork(t, "FTA_FABRIC"), newStore(t)
	m, err := translate.Load(os.DirFS("../../examples/fabric-partner"), "mapping.yaml", translate.Options{})
	if err != nil {
		t.Fatal(err)
	}
	key := lodge(t, n, kv.Sub("writer"))
	open := func(ctx context.Context) (driver.Ledger, error) {
		return theDeclarations(ctx, n, kv.Sub("reader"), m.Native())
	}
	report := conformance.Test(t, conformance.Harness{Open: open, Reopen: open, Outage: n.cut, Keys: []string{key}}, conformance.Options{Seed: 1})
	t.Logf("%+v", report.Summary)
	l, err := open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	if d := l.Describe(); d.Can(driver.AbilityAppend) || d.Can(driver.AbilityFind) || d.WriteMode != driver.WriteNone {
		t.Errorf("%+v: the mapping names neither functions to write with nor lookups", d)
	}
	all, err := l.Versions(t.Context(), key, 0, 0)
	if err != nil || len(all) != 2 || all[0].Author.ID != n.author(t).ID {
		t.Fatalf("%d versions, %v", len(all), err)
	}
	if e, err := l.Get(t.Context(), driver.Ref{Key: key}); err != nil || string(e.Body) != declaration(key, "AMENDED") {
		t.Errorf("%+v, %v", e, err)
	}
}

func newDeclaration() string { return fmt.Sprintf("ABC-%07d-5", rand.Uint32()%10_000_000) }

func declaration(key, phase string) string { return fmt.Sprintf(`{"no":%q,"phase":%q}`, key, phase) }

// lodge has the partner lodge and amend a declaration, and gives its number.
func lodge(t *testing.T, n *running, kv driver.KV) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	l, err := theDeclarations(ctx, n, kv, []byte(written))
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	key := newDeclaration()
	for expect, phase := range []string{"LODGED", "AMENDED"} {
		w := &driver.Write{Key: key, Expect: uint64(expect), Body: []byte(declaration(key, phase))}
		if r, err := l.Append(ctx, w); err != nil || r.State != driver.Finally {
			t.Fatalf("%+v, %v", r, err)
		}
	}
	wrong := &driver.Write{Key: key, Expect: 2, Body: []byte(declaration("another", "AMENDED"))}
	if _, err := l.Append(ctx, wrong); driver.CodeOf(err) != driver.Invalid {
		t.Errorf("%v: the mapping says what the chaincode's text means", err)
	}
	return key
}
