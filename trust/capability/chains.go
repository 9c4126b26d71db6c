package capability

import (
	"crypto/sha256"

	"github.com/maypok86/otter/v2"
)

// Chains remembers the capabilities that were invoked rightly, by the digest of the very text in which they came, so that
// a chain which comes again is neither read nor its signatures verified anew. Everything else is asked at every call:
// whether it narrows, whom it is for, whether it has expired or was revoked. What did not verify is never kept, so that a
// stranger can neither put anything here nor push anything out. Safe for concurrent use; there is nothing to close.
type Chains struct {
	cache *otter.Cache[[sha256.Size]byte, chainKept]
}

type chainKept struct {
	capability *Capability
	weight     uint32
}

// NewChains makes a store of at most about bytes.
func NewChains(bytes uint64) *Chains {
	return &Chains{otter.Must(&otter.Options[[sha256.Size]byte, chainKept]{
		MaximumWeight: bytes,
		Weigher:       func(_ [sha256.Size]byte, k chainKept) uint32 { return k.weight },
	})}
}

// perByte is about how many bytes of memory a byte of a capability takes, decoded.
const perByte = 6

func (c *Chains) find(packed string) *Capability {
	if c == nil {
		return nil
	}
	kept, _ := c.cache.GetIfPresent(sha256.Sum256([]byte(packed)))
	return kept.capability
}

// keep takes a capability whose whole chain was verified.
func (c *Chains) keep(inv *Invoked) {
	if c == nil || inv.size == 0 {
		return
	}
	c.cache.Set(sha256.Sum256([]byte(inv.packed)), chainKept{inv.Capability, uint32(inv.size * perByte)})
}
