package config_test

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/adapters"
	"github.com/ftagateway/ftagateway/cmd/fta/config"
)

var update = flag.Bool("update", false, "write docs/configuration.md anew")

const referenceFile = "../../../docs/configuration.md"

// docs/configuration.md is made from the keys themselves: go test ./cmd/fta/config -update.
func TestReferenceIsNotStale(t *testing.T) {
	want := []byte(page())
	if *update {
		if err := os.WriteFile(referenceFile, want, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := os.ReadFile(referenceFile); err != nil || !bytes.Equal(got, want) {
		t.Errorf("docs/configuration.md is stale (%v): go test ./cmd/fta/config -update", err)
	}
}

// The example of the page is a configuration that loads.
func TestReferenceExampleLoads(t *testing.T) {
	c, err := config.Load(write(t, example), nil)
	if err != nil {
		t.Fatal(err)
	}
	if c.Ledgers["trade"].Limits.Attempt != 2*time.Second || !c.Ledgers["cbp"].Customs {
		t.Errorf("%+v", c.Ledgers)
	}
}

// What the page says of a ledger's defaults is what package adapters does.
func TestDefaultsOfLedgers(t *testing.T) {
	l := adapters.DefaultLimits
	for name, want := range map[string]string{
		"ledgers.*.limits.budget": l.Budget.String(), "ledgers.*.limits.attempt": l.Attempt.String(),
		"ledgers.*.cache.maxAge":       config.DefaultMaxAge.String(),
		"ledgers.*.limits.concurrency": fmt.Sprint(l.Concurrency), "ledgers.*.limits.tries": fmt.Sprint(l.Tries),
		"ledgers.*.limits.failures": fmt.Sprint(l.Failures), "ledgers.*.limits.window": l.Window.String(), "ledgers.*.limits.rest": l.Rest.String(),
		"ledgers.*.require": strings.Join(adapters.DefaultRequire, ","),
	} {
		for _, k := range config.Reference() {
			if k.Name == name && k.Default != want {
				t.Errorf("%s: the page says %q, and it is %q", name, k.Default, want)
			}
		}
	}
}

// Every key says what it is for.
func TestEveryKeyIsExplained(t *testing.T) {
	for _, k := range config.Reference() {
		if k.Doc == "" || strings.ContainsAny(k.Doc, "|\n") {
			t.Errorf("%s: %q", k.Name, k.Doc)
		}
	}
}

func page() string {
	var b strings.Builder
	b.WriteString(head)
	for _, k := range config.Reference() {
		fmt.Fprintf(&b, "| `%s` | `%s` | %s | %s |\n", k.Name, k.Environment(), code(k.Default), k.Doc)
	}
	b.WriteString(tail + "```yaml\n" + example + "```\n")
	return b.String()
}

// code sets a value apart from words about one.
func code(value string) string {
	if value == "" || strings.Contains(value, " ") {
		return value
	}
	return "`" + value + "`"
}

const head = `# Configuration of fta serve

<!-- Made by go test ./cmd/fta/config -update. Change the struct tags in cmd/fta/config instead of this page. -->

Values come from defaults, then a YAML file (--config), then ` + "`FTA_`" + ` environment variables, then flags (--listen, --data), each
over the one before. A key that does not exist is refused with the nearest one that does; all faults are told at once, each with
file and line, variable or flag. A variable that is a letter or two away from a key, or begins with ` + "`FTA_LEDGERS`" + `, and is none,
is refused as well; what else begins with ` + "`FTA_`" + ` is passed over.

- Paths in a file begin where the file lies, others where the command was started.
- Durations and sizes have their unit: ` + "`5s`, `500ms`, `256MiB`" + `.
- A list in a variable is written with commas.
- ` + "`*`" + ` is the name of a ledger, as it stands in URLs: lower-case letters, digits and hyphens. In a variable it is in capitals, with
  ` + "`_`" + ` for each hyphen: ` + "`FTA_LEDGERS_NORTH_TRADE_URL`" + ` is of the ledger ` + "`north-trade`" + `.

| Key | Variable | Default | What for |
|---|---|---|---|
`

const tail = `
What a key file must hold, and who gets its public half, is in the help of ` + "`fta keygen`" + `. The variable ` + "`FTA_GATEWAY`" + ` is read by the
commands of users: it is where the gateway listens, if not at http://127.0.0.1:8080.

An example:

`

const example = `listen: 127.0.0.1:8080
data: ./data
participants:
  folder: ./participants
  issuers: ["did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"]
keys:
  signing: ./keys/signing.pem
  capability: ./keys/capability.pem
  lookup: ./keys/lookup.pem
  transport: ./keys/transport.pem
ledgers:
  trade:
    url: webledger+https://node.example:8443
    policy: public
    require: [schema, proof, authority, versions]
    limits: {budget: 5s, attempt: 2s, concurrency: 64}
    cache: {maxAge: 5s}
  partner:
    url: ledger+https://chain.partner.example
    limits: {rate: 50}
    policy: permissioned
    allow: [/subject]
    mapping: ./partner.yaml
  cbp:
    url: webledger+http://127.0.0.1:8443
    customs: true
cache: {memory: 256MiB}
evidence: {allowPrivate: [127.0.0.0/8]}
`
