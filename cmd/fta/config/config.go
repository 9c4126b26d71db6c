// Package config reads how a gateway is set up: defaults, then a YAML file, then FTA_ environment variables, then flags,
// each over the one before. Paths in a file are relative to that file.
package config

import (
	"errors"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/ftagateway/ftagateway/adapters/disclosure"
	"github.com/ftagateway/ftagateway/trust"
)

// Config is a gateway's whole configuration.
type Config struct {
	Listen       string            `koanf:"listen" doc:"address of the HTTP interface; loopback only, until sign-in is configured"`
	Data         string            `koanf:"data" doc:"folder of what must last: witness log, driver indexes, submissions, capabilities"`
	Participants Participants      `koanf:"participants"`
	Keys         Keys              `koanf:"keys"`
	Ledgers      map[string]Ledger `koanf:"ledgers"`
	Cache        Cache             `koanf:"cache"`
	Evidence     Evidence          `koanf:"evidence"`
	Retention    int               `koanf:"retention" doc:"for how many years before this one entries are found by number (19 CFR 163.4: 5)"`
	Log          string            `koanf:"log" doc:"debug, info, warn or error"`
}

// Participants says where the signed Participant documents lie and who may issue them.
type Participants struct {
	Folder  string   `koanf:"folder" doc:"folder of signed Participant documents"`
	Issuers []string `koanf:"issuers" doc:"did:key of who may issue them"`
}

// Keys names files in PKCS#8 PEM, each for one purpose.
type Keys struct {
	Signing    string `koanf:"signing" doc:"signs submission receipts and the witness log's export (Ed25519)"`
	Capability string `koanf:"capability" doc:"invokes the capabilities that partners hand over (Ed25519); without it no document is fetched"`
	Lookup     string `koanf:"lookup" doc:"finds entries by number (X25519); without it they are found by record id only"`
	Transport  string `koanf:"transport" doc:"signs what a ledger wants signed by whoever submits (Ed25519); without it ledgers are read only"`
}

// Ledger is one ledger.
type Ledger struct {
	URL      string   `koanf:"url" doc:"how to reach it, for example webledger+https://node.example"`
	Policy   string   `koanf:"policy" doc:"public or permissioned: who reads it, and so what may be written"`
	Mapping  string   `koanf:"mapping" doc:"builtin:record"`
	Require  []string `koanf:"require" doc:"checks that must be valid: schema, proof, authority, lifecycle, versions, inclusion, evidence"`
	Finality string   `koanf:"finality" doc:"final or latest"`
	Anchors  string   `koanf:"anchors" doc:"file of what inclusion proofs are held against"`
	Limits   Limits   `koanf:"limits"`
	Customs  bool     `koanf:"customs" doc:"CBP's own ledger: its decisions count here and nowhere else"`
	Mirror   bool     `koanf:"mirror" doc:"a further node of a chain that another ledger here shows: compared with it, and counted only where that one shows nothing better"`
}

// Limits bound the calls on one ledger.
type Limits struct {
	Budget      time.Duration `koanf:"budget" doc:"of a whole call"`
	Attempt     time.Duration `koanf:"attempt" doc:"of one read of the chain"`
	Concurrency int           `koanf:"concurrency" doc:"calls at once"`
}

// Cache bounds what is kept in memory of things that digests settle for ever.
type Cache struct {
	Memory int `koanf:"memory" doc:"MiB"`
}

// Evidence says which evidence servers may be called.
type Evidence struct {
	AllowPrivate []string `koanf:"allowPrivate" doc:"networks that may be called besides public https, for example 127.0.0.0/8"`
}

// Default is what holds where nothing else is said.
func Default() Config {
	return Config{
		Listen: "127.0.0.1:8080", Data: "data", Retention: 5, Log: "info", Cache: Cache{Memory: 64},
	}
}

// Check says everything that is wrong with the values, each by its key.
func (c *Config) Check() error {
	var faults []error
	fault := func(key, value, rule string) { faults = append(faults, fmt.Errorf("%s %q: %s", key, value, rule)) }
	if err := loopback(c.Listen); err != nil {
		fault("listen", c.Listen, err.Error())
	}
	for _, network := range c.Evidence.AllowPrivate {
		if _, err := netip.ParsePrefix(network); err != nil {
			fault("evidence.allowPrivate", network, "must be a network such as 127.0.0.0/8")
		}
	}
	if !slices.Contains([]string{"debug", "info", "warn", "error"}, c.Log) {
		fault("log", c.Log, "must be debug, info, warn or error")
	}
	for slug, l := range c.Ledgers {
		l.check("ledgers."+slug, fault)
	}
	return errors.Join(faults...)
}

// loopback refuses an address that others reach: nobody signs in yet.
func loopback(address string) error {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return errors.New("must be host:port")
	}
	ip, err := netip.ParseAddr(host)
	if host != "localhost" && (err != nil || !ip.IsLoopback()) {
		return errors.New("must be a loopback address: sign-in is not built yet, and everybody who reaches it is CBP")
	}
	return nil
}

func (l Ledger) check(key string, fault func(key, value, rule string)) {
	u, err := url.Parse(l.URL)
	if err != nil || u.Scheme == "" {
		fault(key+".url", l.URL, "must be a URL with a driver's scheme")
	}
	oneOf := func(name, value string, allowed ...string) {
		if !slices.Contains(allowed, value) {
			fault(key+"."+name, value, "must be one of "+strings.Join(allowed[1:], ", "))
		}
	}
	oneOf("policy", l.Policy, "", string(disclosure.Public), string(disclosure.Permissioned))
	oneOf("finality", l.Finality, "", "final", "latest")
	oneOf("mapping", l.Mapping, "", "builtin:record")
	for _, name := range l.Require {
		oneOf("require", name, append([]string{name[:0]}, trust.Names()...)...)
	}
	for name, d := range map[string]time.Duration{"budget": l.Limits.Budget, "attempt": l.Limits.Attempt} {
		if d < 0 {
			fault(key+".limits."+name, d.String(), "must not be negative")
		}
	}
}
