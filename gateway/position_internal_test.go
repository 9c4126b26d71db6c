package gateway

import (
	"maps"
	"strings"
	"testing"
	"time"
)

// Whatever a client sends for a cursor is refused, or is one that says the same when it is given back.
func FuzzPosition(f *testing.F) {
	since := position{"trade": "abc.7"}
	since.setSince("cbp", time.Date(2026, 11, 26, 12, 0, 0, 0, time.UTC))
	for _, s := range []string{"", "e30", "bnVsbA", "AAAA", "***", "WzFd", "eyJ0cmFkZSI6ImFiYy43In0", since.String(), position{"cbp since": "x"}.String()} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		p, err := parsePosition(s)
		if err != nil {
			return
		}
		for slug := range p {
			if strings.HasSuffix(slug, sinceKey("")) && p.since(strings.TrimSuffix(slug, sinceKey(""))).Year() == 1 && !strings.HasPrefix(string(p[slug]), "0001") {
				t.Errorf("%q: %q is no instant", slug, p[slug])
			}
		}
		again, err := parsePosition(p.String())
		if err != nil || !maps.Equal(again, p) {
			t.Errorf("%v became %v, %v", p, again, err)
		}
	})
}

func TestACursorIsNoLargerThanItsBound(t *testing.T) {
	large := position{"trade": "x"}
	for len(large.String()) <= maxPosition {
		large["trade"] += large["trade"]
	}
	if _, err := parsePosition(large.String()); err == nil {
		t.Errorf("%d bytes were taken", len(large.String()))
	}
}
