package config_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/spf13/pflag"

	// for their URL schemes
	_ "github.com/ftagateway/ftagateway/adapters/memory"
	_ "github.com/ftagateway/ftagateway/adapters/remote"
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

// An empty file, or one of comments, is the defaults.
func TestEmptyFile(t *testing.T) {
	for _, text := range []string{"", "# nothing yet\n", "---\n", "ledgers: {}\n", "ledgers:\nkeys: {}\n"} {
		if c, err := config.Load(write(t, text), nil); err != nil || c.Listen != config.Default().Listen || len(c.Ledgers) != 0 {
			t.Errorf("%q: %+v, %v", text, c, err)
		}
	}
}
