package config_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/ftagateway/ftagateway/cmd/fta/config"
)

// FuzzLoad: whatever a file says, it is a configuration that holds, or an error that says what is wrong. Nothing is
// taken that the gateway would not serve by.
func FuzzLoad(f *testing.F) {
	for _, seed := range []string{
		"", "listen: 127.0.0.1:1", "ledgers: {a: {url: 'memory:', limits: {budget: 5s}}}", "listen: 127.0.0.1:0\nlistn: x",
		"ledgers: {a: 5, b: [], c: null}", "? [1, 2]\n: x", "1: {2: 3}", "a.b.c: {d.e: f}", "ledgers.a.url: 'memory:'",
		"x: &a {y: *a}", "a: &a [b]\nlog: *a", "cache: {memory: 1e3}", "retention: 0x10", "log: !!binary aW5mbw==",
		"<<: {log: info}", "log: 2026-11-20", "---\nlog: info\n---\nlog: loud", "log: .nan", "keys: {signing: \"\\0\"}", "\xff",
		strings.Repeat("long", 10_000) + ": x",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		c, err := config.Load(write(t, string(text)), nil)
		var faults config.Faults
		if errors.As(err, &faults) && (len(faults) == 0 || strings.TrimSpace(faults[0].Rule) == "") {
			t.Fatalf("faults that say nothing: %#v", faults)
		}
		if err == nil && config.CheckListen(c.Listen) != nil {
			t.Fatalf("listens on %q", c.Listen)
		}
	})
}
