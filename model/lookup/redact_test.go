package lookup_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"github.com/ftagateway/ftagateway/model/lookup"
)

// TestKeyIsNeverPrinted looks for the key's bytes under every verb and in every wrapping.
func TestKeyIsNeverPrinted(t *testing.T) {
	key, err := lookup.Derive(generate(t), generate(t).PublicKey(), "002", 2026)
	if err != nil {
		t.Fatal(err)
	}
	type holder struct{ hidden lookup.Key }
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%b", "%c", "%U", "%t"} {
		if got := fmt.Sprintf(verb, key); got != "lookup.Key(redacted)" {
			t.Errorf("%s prints %s", verb, got)
		}
		// fmt does not call the methods of an unexported field: an address may show, 32 bytes may not.
		if got := fmt.Sprintf(verb, holder{key}); len(got) > 80 {
			t.Errorf("%s of a holder prints %s", verb, got)
		}
	}
	if out, err := json.Marshal(key); err != nil || string(out) != `"lookup.Key(redacted)"` {
		t.Errorf("as JSON %s, %v", out, err)
	}
	if key.String() != key.GoString() {
		t.Error("String and GoString differ")
	}
}

func TestKeyIsNeverLogged(t *testing.T) {
	key, err := lookup.Derive(generate(t), generate(t).PublicKey(), "002", 2026)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	for _, h := range []slog.Handler{slog.NewTextHandler(&out, nil), slog.NewJSONHandler(&out, nil)} {
		out.Reset()
		slog.New(h).Info("derived", "key", key, "held", struct{ Key lookup.Key }{key})
		if n := strings.Count(out.String(), "lookup.Key(redacted)"); n != 2 {
			t.Errorf("%T logs %s", h, out.String())
		}
	}
}
