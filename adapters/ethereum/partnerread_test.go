package ethereum_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/crypto"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/ethereum/devchain"
	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/translate"
)

// derives holds what is read against the example.
func (s *site) derives(t *testing.T, l driver.Ledger) {
	t.Helper()
	all, err := l.Versions(t.Context(), s.bytes32(), 0, 0)
	if err != nil || len(all) != len(s.steps) {
		t.Fatalf("%d versions, %v; want %d", len(all), err, len(s.steps))
	}
	m := s.mapping(t)
	for i, e := range all {
		d, err := m.Derive(e, l.Describe().URI)
		if err != nil {
			t.Fatalf("version %d: %v\n%s", e.Version, err, e.Body)
		}
		if d.Event != s.steps[i].event || d.Author.ID != strings.ToLower(s.by.address().Hex()) || d.Author.Kind != model.AccountAddress {
			t.Errorf("version %d is %s by %+v, want %s", e.Version, d.Event, d.Author, s.steps[i].event)
		}
		s.tellsNoKey(t, d)
	}
	s.asTheExample(t, m, all[0], l)
	s.isFound(t, m, l)
}

// tellsNoKey: the key is of low entropy, and in whatever spelling it must not be shown.
func (s *site) tellsNoKey(t *testing.T, d *translate.Derived) {
	t.Helper()
	shown, err := json.Marshal(d)
	if err != nil {
		t.Fatal(err)
	}
	for _, spelling := range []string{s.key, s.bytes32(), s.bytes32()[2:]} {
		if bytes.Contains(shown, []byte(spelling)) {
			t.Errorf("the ledger's key is shown: %s", shown)
		}
	}
}

// asTheExample: the first version's document is the one of the example, field by field.
func (s *site) asTheExample(t *testing.T, m *translate.Mapping, e *driver.Entry, l driver.Ledger) {
	t.Helper()
	d, err := m.Derive(e, l.Describe().URI)
	if err != nil {
		t.Fatal(err)
	}
	name := map[bool]string{true: "summary.json", false: "certificate.json"}[s.finds]
	var want struct{ Subject json.RawMessage }
	if err := json.Unmarshal(s.file(t, name), &want); err != nil {
		t.Fatal(err)
	}
	if got, wanted := canonical(t, d.Subject), canonical(t, want.Subject); got != wanted {
		t.Errorf("derived\n%s\nwant\n%s", got, wanted)
	}
}

func canonical(t *testing.T, v any) string {
	t.Helper()
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	whole, err := ld.Parse(text, ld.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	text, err = ld.JCS(whole)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// isFound: an entry is asked for by its number in the log's own spelling. Who has no lookups is not asked.
func (s *site) isFound(t *testing.T, m *translate.Mapping, l driver.Ledger) {
	t.Helper()
	if m.FindsEntries() != s.finds {
		t.Fatalf("finds entries: %t", m.FindsEntries())
	}
	if !s.finds {
		if _, _, err := l.Find(t.Context(), driver.Lookup{Name: "entry", Value: "x"}, "", 0); driver.CodeOf(err) != driver.Unsupported {
			t.Errorf("%v, want that it is not offered", err)
		}
		return
	}
	search, err := m.Search("ABC20261105")
	if err != nil {
		t.Fatal(err)
	}
	if keys, _, err := l.Find(t.Context(), search.Lookup, "", 0); err != nil || len(keys) != 1 || keys[0] != s.bytes32() {
		t.Errorf("%v, %v", keys, err)
	}
}

// TestTheEventNamesTheAuthor: a supplier sends in the name of a broker, which has let it. Author is the broker whom the
// event names, and not who sent the transaction.
func TestTheEventNamesTheAuthor(t *testing.T) {
	p, supplier := partners()[1], onDevChain(t)
	own, err := crypto.GenerateKey()
	if err != nil {
		t.Fatal(err)
	}
	broker := &sender{t: t, endpoint: supplier.endpoint, key: own}
	supplier.send(devchain.Pay(broker.address()))
	interfaces := p.abi(t)
	p.steps = nil
	s := p.stands(t, supplier)
	data, err := interfaces.Pack("empower", supplier.address(), true)
	if err != nil {
		t.Fatal(err)
	}
	broker.send(devchain.Call{To: &s.at, Data: data})
	named := bytes.ReplaceAll(p.file(t, "lodged.json"), []byte(strings.ToLower(supplier.address().Hex())), []byte(strings.ToLower(broker.address().Hex())))
	s.write(t, 0, partners()[1].steps[0], named)
	l, err := driver.Open(t.Context(), s.url, driver.Env{Native: with(t, p.mapping(t).Native(), ld.Object{"finality": "latest"}), Store: newStore(t)})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	if e, err := l.Get(t.Context(), driver.Ref{Key: p.bytes32()}); err != nil || e.Author.ID != strings.ToLower(broker.address().Hex()) {
		t.Errorf("%+v, %v: want %s as the author", e, err, broker.address())
	}
}
