package play_test

import (
	"encoding/json"
	"math/rand/v2"
	"strings"
	"testing"

	_ "github.com/ftagateway/ftagateway/adapters/memory"
	_ "github.com/ftagateway/ftagateway/adapters/webledger"
	"github.com/ftagateway/ftagateway/cmd/fta/play"
	"github.com/ftagateway/ftagateway/conformance"
	"github.com/ftagateway/ftagateway/trust/key"
)

// A Web Ledger takes records only, and so its harness makes them: of the size that is asked for, with the key inside.
func TestRecordForm(t *testing.T) {
	h, end, err := play.Ledger{URL: "webledger+http://127.0.0.1:1"}.Harness()
	if err != nil {
		t.Fatal(err)
	}
	defer end()
	r := rand.New(rand.NewPCG(1, 2))
	id := h.NewKey(r)
	for _, size := range []int{1, 200, 4096} {
		body := h.NewBody(r, conformance.Body{Key: id, Size: size})
		var record struct{ ID string }
		if err := json.Unmarshal(body, &record); err != nil || record.ID != id || !strings.HasPrefix(id, "urn:uuid:") {
			t.Errorf("%s, %v", body, err)
		}
		if len(body) < size || size >= 200 && len(body) != size {
			t.Errorf("%d bytes, asked for %d", len(body), size)
		}
	}
	one, other := h.NewBody(r, conformance.Body{Key: id}), h.NewBody(r, conformance.Body{Key: id})
	if string(one) == string(other) {
		t.Error("two bodies are the same")
	}
}

// The form is the scheme's, unless another is asked for.
func TestForms(t *testing.T) {
	for _, c := range []struct {
		url     string
		form    play.Form
		records bool
	}{
		{"memory:", play.ByScheme, false}, {"memory:", play.Record, true},
		{"webledger+https://node.example", play.ByScheme, true}, {"webledger+https://node.example", play.Bytes, false},
	} {
		h, end, err := play.Ledger{URL: c.url, Form: c.form}.Harness()
		if err != nil {
			t.Fatal(err)
		}
		defer end()
		if (h.NewBody != nil) != c.records {
			t.Errorf("%s as %q: makes records is %t", c.url, c.form, h.NewBody != nil)
		}
	}
}

// A signer writes as itself; a chain of one process alone cannot be opened a second time.
func TestHarness(t *testing.T) {
	s, err := key.NewSigner()
	if err != nil {
		t.Fatal(err)
	}
	id, err := key.DID(s)
	if err != nil {
		t.Fatal(err)
	}
	h, end, err := play.Ledger{URL: "memory://mine?testing=1", Signer: s}.Harness()
	if err != nil {
		t.Fatal(err)
	}
	defer end()
	if h.Author.ID != id || h.Reopen == nil {
		t.Errorf("%+v", h.Author)
	}
	conformance.Test(t, h, conformance.Options{Levels: []conformance.Level{conformance.LevelRead}})
	if alone, end, err := (play.Ledger{URL: "memory:?testing=1", Signer: s}).Harness(); err != nil || alone.Reopen != nil || end() != nil {
		t.Errorf("%v", err)
	}
	if _, _, err := (play.Ledger{URL: "%zz"}).Harness(); err == nil {
		t.Error("taken for a URL")
	}
}
