package api

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/gateway"
)

func TestWhatAClientAsksOfAnAge(t *testing.T) {
	const forever = maxAge * time.Second
	for field, want := range map[string]string{
		"":                                    "",
		"no-cache":                            "no-cache",
		"No-Cache, ONLY-IF-CACHED":            "no-cache only-if-cached",
		"max-age=60":                          "max-age=1m0s",
		`max-age="60"`:                        "max-age=1m0s",
		" max-age = 60 ,":                     "max-age=1m0s",
		"max-age=0":                           "max-age=0s",
		"max-age=60, max-age=5, max-age=7":    "max-age=5s",
		"max-age=99999999999999999999":        "max-age=" + forever.String(),
		"max-age":                             "",
		"max-age=":                            "",
		"max-age=-1":                          "",
		"max-age=1.5":                         "",
		"max-age=1e3":                         "",
		"max-age=+7":                          "",
		"max-age=60s":                         "",
		"max-age=x, no-cache":                 "no-cache",
		"no-store, no-transform, min-fresh=9": "",
		"max-stale=60":                        "",
		"x-no-cache, no-cachex, no cache":     "",
		`community="a, no-cache", max-age=7`:  "max-age=7s",
		`community="a, no-cache`:              "",
		"only-if-cached=yes":                  "only-if-cached",
		",,=,no-cache":                        "no-cache",
	} {
		if got := inWords(freshness(http.Header{"Cache-Control": {field}})); got != want {
			t.Errorf("Cache-Control %q asks for %q, want %q", field, got, want)
		}
	}
	if got := inWords(freshness(http.Header{"Cache-Control": {"max-age=9", "no-cache"}})); got != "no-cache max-age=9s" {
		t.Errorf("two fields are one list: %q", got)
	}
}

func inWords(f gateway.Freshness) string {
	var words []string
	if f.NoCache {
		words = append(words, "no-cache")
	}
	if f.OnlyIfCached {
		words = append(words, "only-if-cached")
	}
	if f.MaxAge != nil {
		words = append(words, "max-age="+f.MaxAge.String())
	}
	return strings.Join(words, " ")
}

func FuzzFreshness(f *testing.F) {
	for _, s := range []string{"max-age=1", `a="b,c", no-cache`, ",", `"`, "max-age=9999999999999999999999", "="} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, field string) {
		got := freshness(http.Header{"Cache-Control": {field}})
		if got.MaxAge != nil && (*got.MaxAge < 0 || *got.MaxAge > maxAge*time.Second) {
			t.Errorf("%q asks for an age of %s", field, *got.MaxAge)
		}
		lower := strings.ToLower(field)
		if got.NoCache && !strings.Contains(lower, "no-cache") || got.OnlyIfCached && !strings.Contains(lower, "only-if-cached") {
			t.Errorf("%q asks for %+v", field, got)
		}
	})
}
