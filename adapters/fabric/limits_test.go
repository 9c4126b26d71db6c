package fabric_test

import (
	"bytes"
	"crypto/rand"
	"testing"

	"go.uber.org/goleak"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// TestNetworkLimits writes the largest bodies that are taken and a byte more, and keys that are hard to take.
func TestNetworkLimits(t *testing.T) {
	n, kv := theNetwork(t, "FTA_FABRIC"), newStore(t)
	l, err := n.open(t.Context(), kv.Sub("x"))
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	largest := l.Describe().MaxBody
	for name, tc := range map[string]struct {
		key  string
		size int
		want driver.Code
	}{
		"1 MiB":                     {"", 1 << 20, ""},
		"the largest":               {"", largest, ""},
		"a byte more":               {"", largest + 1, driver.TooLarge},
		"other scripts":             {"Zoll-申告-таможня-é-e\u0301-🚚", 10, ""},
		"U+0000":                    {"a\x00b", 10, driver.Invalid},
		"U+10FFFF":                  {"a\U0010FFFFb", 10, driver.Invalid},
		"not UTF-8":                 {"a\xffb", 10, driver.Invalid},
		"of the form of a lookup's": {"\x00lookup\x00a\x00b\x00", 10, driver.Invalid},
	} {
		t.Run(name, func(t *testing.T) {
			w := &driver.Write{Key: newWrite().Key + tc.key, Body: make([]byte, tc.size)}
			_, _ = rand.Read(w.Body)
			r, err := l.Append(t.Context(), w)
			if driver.CodeOf(err) != tc.want {
				t.Fatalf("%+v, %v, want %q", r, err, tc.want)
			}
			e, err := l.Get(t.Context(), driver.Ref{Key: w.Key})
			if tc.want == "" && (err != nil || e.Key != w.Key || !bytes.Equal(e.Body, w.Body)) {
				t.Errorf("%v: it does not come back as it was written", err)
			}
			if tc.want != "" && driver.CodeOf(err) != driver.Invalid && driver.CodeOf(err) != driver.NotFound {
				t.Errorf("%+v, %v: what was refused is there", e, err)
			}
		})
	}
}
