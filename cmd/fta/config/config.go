// Package config reads how a gateway is set up: defaults, then a YAML file, then FTA_ environment variables, then flags,
// each over the one before. Paths in a file are relative to that file, others to the working folder.
package config

import (
	"fmt"
	"time"
)

// Config is a gateway's whole configuration. The tag doc says what a key is for; default says what holds where another
// package decides that; path marks the name of a file or folder, or of a mapping that may be
// one.
type Config struct {
	Listen       string            `koanf:"listen" doc:"address of the HTTP interface; loopback only, until sign-in is configured"`
	Data         string            `koanf:"data" path:"true" doc:"folder of what must last: witness log, driver indexes, submissions, capabilities"`
	Participants Participants      `koanf:"participants"`
	Keys         Keys              `koanf:"keys"`
	Ledgers      map[string]Ledger `koanf:"ledgers"`
	Cache        Cache             `koanf:"cache"`
	Evidence     Evidence          `koanf:"evidence"`
	Budget       time.Duration     `koanf:"budget" doc:"for how long one request is worked on, over all its ledgers; what has not answered by then is named as unavailable"`
	PerClient    int               `koanf:"perClient" doc:"how many requests of one client, who is known by his address, are worked on at once, of 256; behind a proxy all clients are one"`
	Retention    int               `koanf:"retention" doc:"for how many years before this one entries are found by number (19 CFR 163.4: 5)"`
	Traces       Traces            `koanf:"traces"`
	Drain        time.Duration     `koanf:"drain" default:"0s" doc:"how long requests are still taken after SIGTERM, while /readyz says 503, so that balancers go elsewhere first"`
	Log          string            `koanf:"log" doc:"debug, info, warn or error"`

	origins map[string]string // where each key was written
}

// Wrong says of a key that what it names is wrong, and where it was written: of a file that cannot be read, for example.
func (c Config) Wrong(key string, err error) error {
	if from := originOf(c.origins, key); from != "" {
		return fmt.Errorf("%s: %s: %w", from, key, err)
	}
	return fmt.Errorf("%s: %w", key, err)
}

// Participants says where the signed Participant documents lie and who may issue them.
type Participants struct {
	Folder  string   `koanf:"folder" path:"true" doc:"folder of signed Participant documents, read at the start"`
	Issuers []string `koanf:"issuers" doc:"did:key of who may issue them"`
}

// Keys names files in PKCS#8 PEM, each for one purpose.
type Keys struct {
	Signing    string `koanf:"signing" path:"true" default:"signing.pem in the data folder, made at the first start" doc:"signs submission receipts and the witness log's export (Ed25519)"`
	Capability string `koanf:"capability" path:"true" doc:"invokes the capabilities that partners hand over (Ed25519); without it no document is fetched"`
	Lookup     string `koanf:"lookup" path:"true" doc:"finds entries by number (X25519); without it they are found by record id only"`
	Transport  string `koanf:"transport" path:"true" doc:"signs what a ledger wants signed by whoever submits (Ed25519); without it ledgers are read only"`
}

// Ledger is one ledger.
type Ledger struct {
	URL      string   `koanf:"url" doc:"how to reach it, for example webledger+https://node.example; must be there"`
	Policy   string   `koanf:"policy" default:"public" doc:"public or permissioned: who reads it, and so what may be written"`
	Mapping  string   `koanf:"mapping" path:"mapping" default:"builtin:record" doc:"how the ledger's own shape becomes records: builtin:record, where it holds records; published:<name>; or a mapping file"`
	Allow    []string `koanf:"allow" doc:"what a permissioned ledger may hold beside the fields of a record: model paths such as /subject/lines, or native: and a path"`
	Secret   string   `koanf:"keySecret" path:"true" default:"keys/<ledger>.secret in the data folder, made at the first start" doc:"file of 32 bytes or more by which the ledger's own keys become ids, where its mapping derives; gateways that share it give the same ids"`
	Require  []string `koanf:"require" default:"schema,proof,authority,versions" doc:"checks that must be valid: schema, proof, authority, lifecycle, versions, inclusion, evidence; proof and evidence are not among them where the mapping derives"`
	Finality string   `koanf:"finality" default:"final" doc:"final or latest: whether an answer must be settled"`
	Anchors  string   `koanf:"anchors" path:"true" doc:"file (JSON) of what inclusion proofs are held against"`
	Limits   Limits   `koanf:"limits"`
	Cache    Cached   `koanf:"cache"`
	Customs  bool     `koanf:"customs" default:"false" doc:"CBP's own ledger: its decisions count here and nowhere else"`
	Mirror   bool     `koanf:"mirror" default:"false" doc:"a further node of a chain that another ledger here shows: compared with it, and counted only where that one shows nothing better"`

	NativeWrites bool `koanf:"nativeWrites" default:"false" doc:"whether the ledger protocol may write to it here, past all checks of records but disclosure; only to a ledger that is marked for testing"`
}

// Limits bound the calls on one ledger. What is zero is as adapters.DefaultLimits has it.
type Limits struct {
	Budget      time.Duration `koanf:"budget" default:"5s" doc:"of a whole call"`
	Attempt     time.Duration `koanf:"attempt" default:"2s" doc:"of one read of the chain"`
	Concurrency int           `koanf:"concurrency" default:"64" doc:"calls at once"`
	Tries       int           `koanf:"tries" default:"3" doc:"how often a read is asked at most, with the first time, where the ledger cannot be reached or does not answer in time and the budget holds it; 1: nothing is asked again"`
	Failures    int           `koanf:"failures" default:"5" doc:"at so many within the window, which are half of the answers or more, the breaker opens: the ledger is asked no more, and callers are told so at once"`
	Window      time.Duration `koanf:"window" default:"30s" doc:"what failures are counted in"`
	Rest        time.Duration `koanf:"rest" default:"2s" doc:"how long an open breaker leaves the ledger alone before one call tries whether it is back"`
	Rate        int           `koanf:"rate" default:"no limit" doc:"calls a second that the ledger's operator allows, every attempt counted"`
	Burst       int           `koanf:"burst" default:"as rate" doc:"calls at once after a pause, where there is a rate"`
}

// Cached says how a ledger's newest versions are cached.
type Cached struct {
	MaxAge time.Duration `koanf:"maxAge" default:"5s" doc:"how old a ledger's last word may be that a cached answer rests on; 0s has it asked every time, as a mirror is where nothing is said"`
}

// DefaultMaxAge holds where a configuration does not say how old a ledger's last word may be.
const DefaultMaxAge = 5 * time.Second

// Cache bounds what is kept in memory: answers that were given, a sixteenth; of the rest what ledgers were asked before, and
// what digests settle for ever, a half each.
type Cache struct {
	Memory Size `koanf:"memory" doc:"of all ledgers together, for example 256MiB"`

	Redis         string        `koanf:"redis" doc:"URL of a Redis that gateways share, without a password: redis://127.0.0.1:6379/0, or rediss:// with TLS, or with ?addr=host:port of a further node where it is a cluster; without it each gateway remembers for itself"`
	RedisKey      string        `koanf:"redisKey" path:"true" doc:"file of 32 bytes or more by which what stands in Redis is sealed, the same for all gateways that share it; must be there beside redis"`
	RedisPassword string        `koanf:"redisPassword" path:"true" doc:"file of the password for Redis; a user who is not the default one stands in the URL"`
	RedisTimeout  time.Duration `koanf:"redisTimeout" doc:"how long a reader waits for Redis before the ledger is asked"`

	RedisAuthorities    string `koanf:"redisAuthorities" path:"true" default:"the system's" doc:"file (PEM) of the certificate authorities of a rediss://, whose certificate must be of the host in the URL, with every node of a cluster"`
	RedisCertificate    string `koanf:"redisCertificate" path:"true" doc:"file (PEM) of the certificate that is shown to a rediss:// that asks for one"`
	RedisCertificateKey string `koanf:"redisCertificateKey" path:"true" doc:"file (PEM) of its key; must be there beside redisCertificate"`
}

// Evidence says which evidence servers may be called.
type Evidence struct {
	AllowPrivate []string `koanf:"allowPrivate" doc:"networks that may be called besides public https, for example 127.0.0.0/8"`
}

// Traces says where spans of requests and calls are sent (OpenTelemetry).
type Traces struct {
	Endpoint string `koanf:"endpoint" doc:"URL of a collector that takes OTLP over HTTP, for example http://127.0.0.1:4318/v1/traces; without it nothing is traced"`
	Percent  int    `koanf:"percent" doc:"of how many of a hundred requests spans are kept"`
}

// Default is what holds where nothing else is said.
func Default() Config {
	return Config{Listen: "127.0.0.1:8080", Data: "data", Budget: 15 * time.Second, PerClient: 128, Retention: 5, Log: "info", Cache: Cache{Memory: 64 * MiB, RedisTimeout: 50 * time.Millisecond}, Traces: Traces{Percent: 10}}
}
