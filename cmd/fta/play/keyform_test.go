package play_test

import (
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"

	"github.com/ftagateway/ftagateway/cmd/fta/play"
)

// A form's keys are of it, each is another, and the same randomness draws the same ones.
func TestKeysOfAForm(t *testing.T) {
	const form, many = "Zoll-申告 é/##?##?", 2000
	want := regexp.MustCompile(`^Zoll-申告 é/[0-9]{2}[A-Z][0-9]{2}[A-Z]$`)
	draw := func() (keys []string) {
		h, end, err := play.Ledger{URL: "memory:", KeyForm: form}.Harness()
		if err != nil {
			t.Fatal(err)
		}
		defer end()
		r := rand.New(rand.NewPCG(1, 2))
		for range many {
			keys = append(keys, h.NewKey(r))
		}
		return keys
	}
	keys, seen := draw(), map[string]bool{}
	for _, key := range keys {
		if !want.MatchString(key) || seen[key] {
			t.Fatalf("%q is not of the form, or was drawn before", key)
		}
		seen[key] = true
	}
	if strings.Join(draw(), "\n") != strings.Join(keys, "\n") {
		t.Error("other keys of the same randomness")
	}
}
