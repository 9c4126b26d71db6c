package config_test

import (
	"path/filepath"
	"testing"

	"github.com/ftagateway/ftagateway/cmd/fta/config"
)

// A mapping file lies where the configuration does; a mapping that needs no file stays as it is named.
func TestMappingsAreFoundBesideTheConfiguration(t *testing.T) {
	file := write(t, "ledgers:\n  a: {url: 'memory:', mapping: maps/a.yaml, keySecret: a.secret}\n  b: {url: 'memory:', mapping: 'published:usmca'}\n"+
		"  c: {url: 'memory:', mapping: 'builtin:record'}\n  d: {url: 'memory:', policy: permissioned, allow: [/subject, 'native:/memo']}\n")
	c, err := config.Load(file, nil)
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Dir(file)
	for slug, want := range map[string]string{"a": filepath.Join(dir, "maps/a.yaml"), "b": "published:usmca", "c": "builtin:record", "d": ""} {
		if got := c.Ledgers[slug].Mapping; got != want {
			t.Errorf("%s: %s, want %s", slug, got, want)
		}
	}
	if got := c.Ledgers["a"].Secret; got != filepath.Join(dir, "a.secret") || len(c.Ledgers["d"].Allow) != 2 {
		t.Errorf("%s, %v", got, c.Ledgers["d"].Allow)
	}
}
