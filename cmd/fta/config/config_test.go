package config_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/spf13/pflag"

	// for their URL schemes
	_ "github.com/ftagateway/ftagateway/adapters/memory"
	_ "github.com/ftagateway/ftagateway/adapters/webledger"
	"github.com/ftagateway/ftagateway/cmd/fta/config"
)

// write puts a configuration file in a folder of its own.
func write(t testing.TB, text string) (path string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "gateway.yaml")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// flags are those of fta serve, set as told.
func flags(t testing.TB, set ...string) *pflag.FlagSet {
	t.Helper()
	f := pflag.NewFlagSet("serve", pflag.ContinueOnError)
	f.String("listen", "", "")
	f.String("data", "", "")
	f.Bool("json", false, "no key of the configuration")
	if err := f.Parse(set); err != nil {
		t.Fatal(err)
	}
	return f
}

// Defaults, file, environment and flags stand in this order, the later over the earlier.
func TestPrecedence(t *testing.T) {
	file := "listen: 127.0.0.1:2\n"
	for _, c := range []struct {
		name, file, variable, flag, want string
	}{
		{"nothing is said", "", "", "", "127.0.0.1:8080"},
		{"the file", file, "", "", "127.0.0.1:2"},
		{"the environment over the file", file, "127.0.0.1:3", "", "127.0.0.1:3"},
		{"a flag over both", file, "127.0.0.1:3", "127.0.0.1:4", "127.0.0.1:4"},
		{"the environment without a file", "", "127.0.0.1:3", "", "127.0.0.1:3"},
		{"a key without a value is not written", "listen:\n", "", "", "127.0.0.1:8080"},
	} {
		t.Run(c.name, func(t *testing.T) {
			path, set := "", []string{}
			if c.file != "" {
				path = write(t, c.file)
			}
			if c.variable != "" {
				t.Setenv("FTA_LISTEN", c.variable)
			}
			if c.flag != "" {
				set = append(set, "--json", "--listen", c.flag)
			}
			got, err := config.Load(path, flags(t, set...))
			if err != nil || got.Listen != c.want {
				t.Errorf("%q, %v; want %q", got.Listen, err, c.want)
			}
		})
	}
}

// Every kind of value is read, from a file and from the environment alike.
func TestKindsOfValues(t *testing.T) {
	inFile := `
ledgers:
  trade: {url: "memory:", customs: true, require: [schema, proof], limits: {budget: 1m30s, concurrency: 3}}
cache: {memory: 256MiB}
retention: 7
`
	fromFile, err := config.Load(write(t, inFile), nil)
	if err != nil {
		t.Fatal(err)
	}
	for name, value := range map[string]string{
		"FTA_LEDGERS_TRADE_URL": "memory:", "FTA_LEDGERS_TRADE_CUSTOMS": "true", "FTA_LEDGERS_TRADE_REQUIRE": "schema, proof",
		"FTA_LEDGERS_TRADE_LIMITS_BUDGET": "1m30s", "FTA_LEDGERS_TRADE_LIMITS_CONCURRENCY": "3",
		"FTA_CACHE_MEMORY": "256MiB", "FTA_RETENTION": "7",
	} {
		t.Setenv(name, value)
	}
	fromEnvironment, err := config.Load("", nil)
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]config.Config{"file": fromFile, "environment": fromEnvironment} {
		l := c.Ledgers["trade"]
		if l.URL != "memory:" || !l.Customs || strings.Join(l.Require, "+") != "schema+proof" {
			t.Errorf("%s: %+v", name, l)
		}
		if l.Limits.Budget != 90*time.Second || l.Limits.Concurrency != 3 || c.Cache.Memory != 256*config.MiB || c.Retention != 7 {
			t.Errorf("%s: %+v, memory %d, retention %d", name, l.Limits, c.Cache.Memory, c.Retention)
		}
	}
}

// A variable names a ledger in capitals, with _ for each hyphen, and fills in what the file says of it.
func TestEnvironmentNamesLedgers(t *testing.T) {
	path := write(t, "ledgers: {north-trade: {url: 'memory:', policy: permissioned}}")
	t.Setenv("FTA_LEDGERS_NORTH_TRADE_LIMITS_BUDGET", "3s")
	t.Setenv("FTA_EVIDENCE_ALLOWPRIVATE", "127.0.0.0/8,10.0.0.0/8")
	t.Setenv("FTA_GATEWAY", "of another command")
	t.Setenv("FTA_LEDGERS_", "of nobody")
	c, err := config.Load(path, nil)
	if err != nil {
		t.Fatal(err)
	}
	if l := c.Ledgers["north-trade"]; l.Limits.Budget != 3*time.Second || l.Policy != "permissioned" {
		t.Errorf("%+v", l)
	}
	if len(c.Evidence.AllowPrivate) != 2 {
		t.Errorf("%q", c.Evidence.AllowPrivate)
	}
}

// Paths in a file begin where the file lies; those of variables and flags, where the command was started.
func TestRelativePaths(t *testing.T) {
	path := write(t, `
participants: {folder: participants}
keys: {signing: /etc/fta/signing.pem, lookup: keys/lookup.pem}
ledgers: {trade: {url: "memory:", anchors: anchors.json}}
`)
	t.Setenv("FTA_KEYS_TRANSPORT", "here/transport.pem")
	c, err := config.Load(path, flags(t))
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Dir(path)
	for name, pair := range map[string][2]string{
		"data, the default":                {c.Data, filepath.Join(dir, "data")},
		"participants.folder":              {c.Participants.Folder, filepath.Join(dir, "participants")},
		"keys.signing":                     {c.Keys.Signing, "/etc/fta/signing.pem"},
		"keys.lookup":                      {c.Keys.Lookup, filepath.Join(dir, "keys", "lookup.pem")},
		"keys.capability, not set":         {c.Keys.Capability, ""},
		"keys.transport, by a variable":    {c.Keys.Transport, "here/transport.pem"},
		"ledgers.trade.anchors, of ledger": {c.Ledgers["trade"].Anchors, filepath.Join(dir, "anchors.json")},
	} {
		if pair[0] != pair[1] {
			t.Errorf("%s: %q, want %q", name, pair[0], pair[1])
		}
	}
	if c, err := config.Load(path, flags(t, "--data", "here")); err != nil || c.Data != "here" {
		t.Errorf("--data: %q, %v", c.Data, err)
	}
	if c, err := config.Load("", nil); err != nil || c.Data != "data" {
		t.Errorf("without a file: %q, %v", c.Data, err)
	}
}

// What is wrong is told by where it is written, key, value and rule.
func TestFaults(t *testing.T) {
	for _, c := range []struct{ name, file, want string }{
		{"an unknown key", "listen: 127.0.0.1:0\nlistn: x", `:2: listn "x": no such key, did you mean "listen"?`},
		{"an unknown key of a ledger", "ledgers:\n  trade:\n    url: 'memory:'\n    limits:\n      bugdet: 5s",
			`:5: ledgers.trade.limits.bugdet "5s": no such key, did you mean "ledgers.trade.limits.budget"?`},
		{"a key in the wrong section", "participants:\n  url: x\nledgers: {trade: {url: 'memory:'}}", `:2: participants.url "x": no such key`},
		{"a section that is a value", "keys: signing.pem", `:1: keys "signing.pem": must be a section`},
		{"a value that is a section", "log: {level: debug}", `:1: log "log.level debug": must be one value, not a section`},
		{"a list for a word", "log: [debug]", `:1: log "[debug]": must be one value`},
		{"a duration without a unit", "ledgers: {trade: {url: 'memory:', limits: {budget: 5}}}",
			`:1: ledgers.trade.limits.budget "5": must be a duration with its unit`},
		{"a duration in words", "ledgers: {trade: {url: 'memory:', limits: {attempt: 5 seconds}}}", `"5 seconds": must be a duration`},
		{"a negative duration", "ledgers: {trade: {url: 'memory:', limits: {attempt: -5s}}}", `limits.attempt "-5000000000": must not be negative`},
		{"a size without a unit", "cache: {memory: 64}", `cache.memory "64": must be a whole number with its unit`},
		{"a size in another unit", "cache: {memory: 64MB}", `cache.memory "64MB": must be a whole number with its unit`},
		{"no size", "cache: {memory: 0MiB}", `cache.memory "0": must be 1MiB or more`},
		{"no number", "retention: five", `retention "five": must be a whole number`},
		{"a fraction", "retention: 5.5", `retention "5.5": must be a whole number`},
		{"too many years", "retention: 1000", `retention "1000": must be a number of years`},
		{"no truth", "ledgers: {trade: {url: 'memory:', customs: maybe}}", `customs "maybe": must be true or false`},
		{"no URL", "ledgers: {trade: {policy: public}}", `ledgers.trade.url "": must be a URL with a driver's scheme: memory`},
		{"another scheme", "ledgers: {trade: {url: 'https://node.example'}}", `"https://node.example": must be a URL with a driver's scheme`},
		{"a name that is no path", "ledgers: {Trade: {url: 'memory:'}}", `ledgers.Trade "Trade": must be called by lower-case letters`},
		{"another policy", "ledgers: {trade: {url: 'memory:', policy: secret}}", `policy "secret": must be one of public, permissioned`},
		{"another finality", "ledgers: {trade: {url: 'memory:', finality: soon}}", `finality "soon": must be one of final, latest`},
		{"another mapping", "ledgers: {trade: {url: 'memory:', mapping: mine}}", `mapping "mine": must be one of builtin:record`},
		{"another check", "ledgers: {trade: {url: 'memory:', require: [luck]}}", `require "luck": must be one of schema`},
		{"customs' own copy", "ledgers: {cbp: {url: 'memory:', customs: true, mirror: true}}", `ledgers.cbp.mirror "true": must not be set beside customs`},
		{"everybody may call", "listen: 0.0.0.0:8080", `listen "0.0.0.0:8080": must be a loopback address`},
		{"a host that is no address", "listen: gateway.example:80", `must be a loopback address`},
		{"no port", "listen: 127.0.0.1", `listen "127.0.0.1": must be host:port`},
		{"a port that is none", "listen: 127.0.0.1:http", `must have a port from 0 to 65535`},
		{"a port too high", "listen: 127.0.0.1:65536", `must have a port from 0 to 65535`},
		{"no network", "evidence: {allowPrivate: [127.0.0.1]}", `evidence.allowPrivate "127.0.0.1": must be a network`},
		{"no key", "participants: {issuers: [did:web:cbp.example]}", `participants.issuers "did:web:cbp.example": must be the did:key`},
		{"numbers for words", "participants: {issuers: [1, 2]}", `participants.issuers "[1 2]": must be a list of words`},
		{"another level", "log: loud", `log "loud": must be debug, info, warn or error`},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := write(t, c.file)
			_, err := config.Load(path, nil)
			var faults config.Faults
			if !errors.As(err, &faults) {
				t.Fatalf("%v, want faults", err)
			}
			if !strings.Contains(err.Error(), c.want) || c.want[0] == ':' && !strings.Contains(err.Error(), path+c.want) {
				t.Errorf("%v\nwant %s", err, c.want)
			}
		})
	}
}

// All faults come at once, each on a line of its own.
func TestAllFaultsAtOnce(t *testing.T) {
	_, err := config.Load(write(t, "listen: all\nlog: loud\nretention: -1\nledgers: {trade: {policy: x}}"), nil)
	if err == nil || strings.Count(err.Error(), "\n") != 4 {
		t.Errorf("%v, want 5 lines", err)
	}
}

// A fault of a variable or a flag is told by its name.
func TestFaultsOutsideTheFile(t *testing.T) {
	t.Setenv("FTA_LOG", "loud")
	_, err := config.Load("", flags(t, "--listen", "everywhere"))
	if err == nil || !strings.Contains(err.Error(), `FTA_LOG: log "loud"`) || !strings.Contains(err.Error(), `--listen: listen "everywhere"`) {
		t.Error(err)
	}
}

// A file that cannot be read is told by its name.
func TestUnreadableFiles(t *testing.T) {
	for _, c := range []struct{ name, path, want string }{
		{"missing", filepath.Join(t.TempDir(), "none.yaml"), "none.yaml"},
		{"a folder", t.TempDir(), "directory"},
		{"no YAML", write(t, "listen: [\n"), "line 1"},
		{"no keys", write(t, "just words"), "must be keys with values"},
		{"a key twice", write(t, "log: info\nlog: warn\n"), "already defined"},
		{"too large", write(t, "log: "+strings.Repeat("x", 1<<20)), "larger than 1 MiB"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if _, err := config.Load(c.path, nil); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%v, want %q", err, c.want)
			}
		})
	}
}

// An empty file, or one of comments, is the defaults.
func TestEmptyFile(t *testing.T) {
	for _, text := range []string{"", "# nothing yet\n", "---\n", "ledgers: {}\n", "ledgers:\nkeys: {}\n"} {
		if c, err := config.Load(write(t, text), nil); err != nil || c.Listen != config.Default().Listen || len(c.Ledgers) != 0 {
			t.Errorf("%q: %+v, %v", text, c, err)
		}
	}
}

func TestSize(t *testing.T) {
	for text, want := range map[string]config.Size{"1KiB": 1024, "64MiB": 64 << 20, "2GiB": 2 << 30, "0MiB": 0} {
		var s config.Size
		if err := s.UnmarshalText([]byte(text)); err != nil || s != want {
			t.Errorf("%s: %d, %v", text, s, err)
		}
	}
	for _, text := range []string{"", "64", "64MB", "MiB", "-1MiB", "1.5GiB", " 1MiB", "1 MiB", "9223372036854775807KiB", "99999999999999999999KiB"} {
		if err := new(config.Size).UnmarshalText([]byte(text)); err == nil {
			t.Errorf("%q was taken", text)
		}
	}
	for size, want := range map[config.Size]string{64 << 20: "64MiB", 3 << 30: "3GiB", 1536: "1536", 5 << 10: "5KiB", 0: "0"} {
		if size.String() != want {
			t.Errorf("%d is written %s, want %s", size, size, want)
		}
	}
}
