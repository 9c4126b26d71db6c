package config

import (
	"errors"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/ftagateway/ftagateway/adapters/disclosure"
	"github.com/ftagateway/ftagateway/translate"
	"github.com/ftagateway/ftagateway/trust"
	"github.com/ftagateway/ftagateway/trust/did"
)

// MaxBudget leaves a server that gives a request 90 seconds time to write the answer.
const MaxBudget = time.Minute

// check says everything that is wrong with the values.
func (c *Config) check() Faults {
	var faults Faults
	if err := CheckListen(c.Listen); err != nil {
		faults.add("listen", c.Listen, err.Error())
	}
	c.checkPeers(&faults)
	if !slices.Contains([]string{"debug", "info", "warn", "error"}, c.Log) {
		faults.add("log", c.Log, "must be debug, info, warn or error")
	}
	c.checkBounds(&faults)
	if c.Drain < 0 || c.Drain > time.Minute {
		faults.add("drain", c.Drain, "must be from 0s to 1m")
	}
	c.Cache.check(&faults)
	c.Traces.check(&faults)
	for slug, l := range c.Ledgers {
		c.checkURL(slug, &faults)
		l.check(slug, &faults)
	}
	return faults
}

// checkBounds holds numbers to what makes sense.
func (c *Config) checkBounds(faults *Faults) {
	if c.Retention < 1 || c.Retention > 100 {
		faults.add("retention", c.Retention, "must be a number of years from 1 to 100")
	}
	if c.Budget < time.Second || c.Budget > MaxBudget {
		faults.add("budget", c.Budget, "must be a time from 1s to "+MaxBudget.String())
	}
	if c.PerClient < 1 || c.PerClient > 256 {
		faults.add("perClient", c.PerClient, "must be a number of requests from 1 to 256")
	}
}

func (t Traces) check(faults *Faults) {
	u, err := url.Parse(t.Endpoint)
	if t.Endpoint != "" && (err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https") {
		faults.add("traces.endpoint", t.Endpoint, "must be a URL that begins with http:// or https://, for example http://127.0.0.1:4318/v1/traces")
	}
	if t.Percent < 0 || t.Percent > 100 {
		faults.add("traces.percent", t.Percent, "must be a whole number from 0 to 100")
	}
}

// checkPeers holds those to their forms who are trusted, and those who may be called.
func (c *Config) checkPeers(faults *Faults) {
	for _, issuer := range c.Participants.Issuers {
		if _, err := did.Ed25519(issuer); err != nil {
			faults.add("participants.issuers", issuer, "must be the did:key of an Ed25519 key")
		}
	}
	for _, network := range c.Evidence.AllowPrivate {
		if _, err := netip.ParsePrefix(network); err != nil {
			faults.add("evidence.allowPrivate", network, "must be a network such as 127.0.0.0/8")
		}
	}
}

// CheckListen refuses an address that others reach: nobody signs in yet.
func CheckListen(address string) error {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return errors.New("must be host:port")
	}
	if _, err := strconv.ParseUint(port, 10, 16); err != nil {
		return errors.New("must have a port from 0 to 65535")
	}
	ip, err := netip.ParseAddr(host)
	if host != "localhost" && (err != nil || !ip.IsLoopback()) {
		return errors.New("must be a loopback address: sign-in is not built yet, and everybody who reaches it is CBP")
	}
	return nil
}

// slugForm is as a path of the HTTP interface has it.
var slugForm = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,62}$`)

func (l Ledger) check(slug string, faults *Faults) {
	key := "ledgers." + slug
	if !slugForm.MatchString(slug) {
		faults.add(key, slug, "must be called by lower-case letters, digits and hyphens, at most 63")
	}
	l.checkChoices(key, faults)
	l.Limits.check(key+".limits.", faults)
	if d := l.Cache.MaxAge; d != 0 && (d < minMaxAge || d > maxMaxAge) {
		faults.add(key+".cache.maxAge", d, fmt.Sprintf("must be 0s, or from %s to %s", minMaxAge, maxMaxAge))
	}
	if l.Customs && l.Mirror {
		faults.add(key+".mirror", true, "must not be set beside customs: CBP's decisions stand on its own ledger, not on a copy")
	}
}

// The ledger is asked for news four times as often as its last word may be old.
const (
	minMaxAge = 500 * time.Millisecond
	maxMaxAge = 10 * time.Minute
)

func (l Limits) check(section string, faults *Faults) {
	for name, d := range map[string]time.Duration{"budget": l.Budget, "attempt": l.Attempt, "window": l.Window, "rest": l.Rest} {
		if d < 0 {
			faults.add(section+name, d, "must not be negative")
		}
	}
	for name, n := range map[string]int{
		"concurrency": l.Concurrency, "tries": l.Tries, "failures": l.Failures, "rate": l.Rate, "burst": l.Burst,
	} {
		if n < 0 {
			faults.add(section+name, n, "must not be negative")
		}
	}
	l.checkTogether(section, faults)
}

// checkTogether holds limits against each other.
func (l Limits) checkTogether(section string, faults *Faults) {
	if l.Budget > 0 && l.Attempt > l.Budget {
		faults.add(section+"attempt", l.Attempt, fmt.Sprintf("must not be longer than the budget of %s: no attempt would ever run out of its own time, and a ledger that hangs never be taken for sick", l.Budget))
	}
	if l.Burst > 0 && l.Rate == 0 {
		faults.add(section+"burst", l.Burst, "must not be there without a rate")
	}
}

// checkChoices holds what is one of a few words to them. Empty is the first.
func (l Ledger) checkChoices(key string, faults *Faults) {
	oneOf := func(name, value string, allowed ...string) {
		if value != "" && !slices.Contains(allowed, value) {
			faults.add(key+"."+name, value, fmt.Sprintf("must be one of %s", strings.Join(allowed, ", "))+meant(nearestOf(value, allowed)))
		}
	}
	oneOf("policy", l.Policy, string(disclosure.Public), string(disclosure.Permissioned))
	oneOf("finality", l.Finality, "final", "latest")
	if !MappingFile(l.Mapping) {
		oneOf("mapping", l.Mapping, named()...)
	}
	if len(l.Allow) > 0 && l.Policy != string(disclosure.Permissioned) {
		faults.add(key+".allow", strings.Join(l.Allow, ","), "must not be there: only a ledger whose policy is permissioned may hold more than a record")
	}
	for _, name := range l.Require {
		oneOf("require", name, trust.Names()...)
	}
}

// named lists the mappings that need no file.
func named() []string {
	all := []string{"builtin:record"}
	for _, name := range translate.PublishedNames() {
		all = append(all, "published:"+name)
	}
	return all
}
