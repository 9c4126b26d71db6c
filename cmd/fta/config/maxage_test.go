package config_test

import (
	"strings"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/cmd/fta/config"
)

// What nothing is said of is cached, but for a mirror; 0s is a choice like any other.
func TestHowOldACachedAnswerMayBe(t *testing.T) {
	c, err := config.Load(write(t, `ledgers:
  plain: {url: "memory:"}
  mirror: {url: "memory:", mirror: true}
  both: {url: "memory:", mirror: true, cache: {maxAge: 2s}}
  never: {url: "memory:", cache: {maxAge: 0s}}
`), nil)
	if err != nil {
		t.Fatal(err)
	}
	for slug, want := range map[string]time.Duration{
		"plain": config.DefaultMaxAge, "mirror": 0, "both": 2 * time.Second, "never": 0,
	} {
		if got := c.Ledgers[slug].Cache.MaxAge; got != want {
			t.Errorf("%s: %s, want %s", slug, got, want)
		}
	}
	for _, wrong := range []string{"-1s", "1ms", "1h"} {
		_, err := config.Load(write(t, `ledgers: {trade: {url: "memory:", cache: {maxAge: `+wrong+`}}}`), nil)
		if err == nil || !strings.Contains(err.Error(), "must be 0s, or from 500ms to 10m0s") {
			t.Errorf("%s: %v", wrong, err)
		}
	}
}
