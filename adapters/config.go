package adapters

import (
	"crypto"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"regexp"
	"slices"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"go.opentelemetry.io/otel/trace"

	"github.com/ftagateway/ftagateway/adapters/cache"
	"github.com/ftagateway/ftagateway/adapters/disclosure"
	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/translate"
	"github.com/ftagateway/ftagateway/trust"
)

// Config says how one ledger is reached, read and judged.
type Config struct {
	Slug string // its name in paths, metrics and logs
	URL  string // how to reach it; what it is comes from the chain. Not used by New
	// Mapping translates its shape. Nil: builtin:record.
	Mapping *translate.Mapping
	// Policy says who reads the ledger. Empty: public, the stricter.
	Policy disclosure.Policy
	// Allow is what a permissioned ledger may hold beside the fields of a record: see disclosure.Rules.
	Allow []string
	// Require names the checks that must be valid. Nil: DefaultRequire, or DefaultRequireDerived where the mapping derives.
	Require []string
	Limits  Limits
	// Finality says how settled an answer must be.
	Finality driver.Finality
	// Anchors are what proofs of inclusion are held against. Empty: none is asked for.
	Anchors driver.Anchors
	// MaxAge bounds how old the ledger's last word may be that a cached answer rests on. Zero: the ledger is asked every
	// time, and nothing of it is followed.
	MaxAge time.Duration
	// NativeWrites lets Native append where the chain is marked for testing. What is written so is held against
	// disclosure, and against no rule of records.
	NativeWrites bool
}

// DefaultRequire asks for everything that a ledger without proofs of inclusion can show.
var DefaultRequire = []string{trust.Schema, trust.Proof, trust.Authority, trust.Versions}

// Env is what a Ledger is given beside its configuration. It closes nothing of it.
type Env struct {
	Store  driver.KV     // the driver's own corner
	Signer crypto.Signer // the transport key. Nil: read only
	HTTP   *http.Client
	Log    *slog.Logger     // nil: nowhere
	Now    func() time.Time // nil: time.Now
	// Metrics is where the calls are counted; ledgers may share it. Nil: nowhere.
	Metrics prometheus.Registerer
	// Traces makes spans of the calls, and of every question to the chain. Nil: none is made.
	Traces trace.TracerProvider
	// Cache keeps what digests settle for ever; ledgers may share it. Nil: one of the Ledger's own.
	Cache *Checks
	// Newest answers the store of what a ledger was asked before, by a name that stands for how it is reached and read. Nil:
	// one of the Ledger's own, where Config.MaxAge asks for any.
	Newest func(name string) cache.Store
}

// DefaultRequireDerived asks for what a ledger without records of ours can show.
var DefaultRequireDerived = []string{trust.Schema, trust.Authority, trust.Versions}

const ownCache = 16 << 20 // bytes

// complete fills in what is left out, and says everything that is wrong.
func complete(c Config, e Env) (Config, Env, error) {
	if c.Mapping == nil {
		record, err := translate.Builtin("record")
		if err != nil {
			return c, e, err
		}
		c.Mapping = record
	}
	if c.Policy == "" {
		c.Policy = disclosure.Public
	}
	if c.Require == nil {
		c.Require = defaultRequire(c.Mapping)
	}
	c.Require = slices.Clone(c.Require)
	c.Limits = c.Limits.orDefault()
	if err := c.check(); err != nil {
		return c, e, fmt.Errorf("ledger %s: %w", c.Slug, err)
	}
	return c, e.orDefault(), nil
}

func (e Env) orDefault() Env {
	if e.Now == nil {
		e.Now = time.Now
	}
	if e.Log == nil {
		e.Log = slog.New(slog.DiscardHandler)
	}
	if e.Cache == nil {
		e.Cache = NewChecks(ownCache)
	}
	if e.Newest == nil {
		e.Newest = cache.NewMemory(ownCache).For
	}
	return e
}

func defaultRequire(m *translate.Mapping) []string {
	if m.Derives() {
		return DefaultRequireDerived
	}
	return DefaultRequire
}

// neverDerived are the checks that have nothing to look at where nobody signed a record.
var neverDerived = map[string]string{
	trust.Proof:    "nobody signed what its mapping derives, so that no proof could ever be valid",
	trust.Evidence: "what its mapping derives names no document behind it, so that none could ever be fetched",
}

var slugForm = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,62}$`)

func (c Config) check() error {
	var faults []error
	if !slugForm.MatchString(c.Slug) {
		faults = append(faults, fmt.Errorf("slug %q: must be lower case letters, digits and hyphens, at most 63", c.Slug))
	}
	if c.Finality != driver.Final && c.Finality != driver.Latest {
		faults = append(faults, fmt.Errorf("finality %q: must be empty (final) or %q", c.Finality, driver.Latest))
	}
	if c.Limits.negative() {
		faults = append(faults, fmt.Errorf("limits %+v: must not be negative", c.Limits))
	}
	if c.MaxAge < 0 {
		faults = append(faults, fmt.Errorf("maxAge %s: must not be negative", c.MaxAge))
	}
	return errors.Join(append(faults, c.checkRequire()...)...)
}

func (c Config) checkRequire() (faults []error) {
	for _, name := range c.Require {
		if !slices.Contains(trust.Names(), name) {
			faults = append(faults, fmt.Errorf("require %q: must be one of %v", name, trust.Names()))
		} else if why, never := neverDerived[name]; never && c.Mapping.Derives() {
			faults = append(faults, fmt.Errorf("require %q: must not be asked of this ledger: %s", name, why))
		}
	}
	return faults
}
