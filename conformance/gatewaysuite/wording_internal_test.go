package gatewaysuite

import (
	"encoding/json"
	"testing"

	"github.com/ftagateway/ftagateway/conformance/conformancetest"
)

func TestWhatCameIsToldAsJSON(t *testing.T) {
	got := asJSON([]fault{{Pointer: "/record/id", Rule: "must be <there>"}})
	if want := `[{"pointer":"/record/id","rule":"must be <there>"}]`; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if got := asJSON(struct{ ID, EntryID string }{"a", "b"}); got != `{"id":"a","entryID":"b"}` {
		t.Errorf("%s", got)
	}
	if got := asJSON(verified{}); got != `{"document":null,"record":null}` {
		t.Errorf("%s", got)
	}
	if got := asJSON(make([]fault, 1000)); len(got) > 1010 {
		t.Errorf("%d bytes", len(got))
	}
}

func TestWhatCannotBeReadIsToldByItsMember(t *testing.T) {
	for text, want := range map[string]string{
		`{"sources":[{"ledger":7}]}`: "its member sources.ledger must not be of the kind number",
		`[]`:                         "it must be an object, and is of the kind array",
		`{"sources":`:                "it is no JSON (unexpected end of JSON input)",
	} {
		err := json.Unmarshal([]byte(text), new(found))
		if err == nil || unread(err) != want {
			t.Errorf("%s: %v, want %s", text, err, want)
			continue
		}
		conformancetest.Plain(t, unread(err))
	}
}
