package adapters

import (
	"github.com/maypok86/otter/v2"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/translate"
	"github.com/ftagateway/ftagateway/trust"
)

// Checks keeps, by digest, what was found out about bytes and can never turn out otherwise: the record that they are,
// or what is derived of them, its schema and its proof's arithmetic; a link to the version before; an inclusion that was proven. What is
// undetermined is never kept. It can be made anew, bounded by bytes, safe for concurrent use, and may be shared between
// ledgers. It starts no goroutine that outlives a call.
type Checks struct {
	cache *otter.Cache[place, *finding]
}

// place is what a finding is about: the kind of it, the digest of what was looked at, and what it was read by: the mapping,
// and where it derives, the ledger as well, whose secret is in the ids.
type place struct {
	kind  kind
	of    ld.Digest
	under ld.Digest
}

type kind byte

const (
	kindBody      kind = iota // of: the body
	kindLink                  // of: Ledger.standing
	kindInclusion             // of: Ledger.standing
)

// finding is what is kept. Everybody who finds it shares it: it is never changed after it was put.
type finding struct {
	record  *model.Parsed      // of a body
	says    *Statement         // of a record
	derived *translate.Derived // of a body, without what depends on where it stands
	size    int                // of the body
	checks  []trust.Check
	proof   *driver.Proof // of an inclusion
	weight  uint32        // bytes, about
}

// NewChecks makes a store of at most about bytes.
func NewChecks(bytes uint64) *Checks {
	return &Checks{otter.Must(&otter.Options[place, *finding]{
		MaximumWeight: bytes,
		Weigher:       func(_ place, f *finding) uint32 { return f.weight },
	})}
}

// Bytes answers about how much is kept.
func (c *Checks) Bytes() uint64 { return c.cache.WeightedSize() }

func (c *Checks) find(p place) (*finding, bool) { return c.cache.GetIfPresent(p) }

// keep puts a finding, unless a check of it is undetermined.
func (c *Checks) keep(p place, f *finding) {
	for _, check := range f.checks {
		if check.Outcome == trust.Undetermined {
			return
		}
	}
	f.weight = f.weigh()
	c.cache.Set(p, f)
}

// The sizes in memory, measured: a record with its decoded object takes between five and six times its bytes.
const (
	findingSize   = 512
	perRecordByte = 6
)

func (f *finding) weigh() uint32 {
	size := findingSize
	if f.record != nil || f.derived != nil {
		size += perRecordByte * f.size
	}
	if f.proof != nil {
		size += len(f.proof.Data)
	}
	for _, c := range f.checks {
		size += len(c.Method) + len(c.Reason)
	}
	return uint32(min(size, 1<<31))
}
