package client

import (
	"crypto/sha256"

	"github.com/maypok86/otter/v2"
)

// decoded keeps holdings by the digest of how they lie in the store. The store is asked every time: only reading the same
// bytes again, and packing the same capability again for its next request, is spared.
type decoded struct {
	cache *otter.Cache[[sha256.Size]byte, holding]
}

const (
	decodedBytes = 16 << 20 // of memory, about
	perByte      = 6        // bytes of memory that one of the store takes, decoded
)

func newDecoded() *decoded {
	return &decoded{otter.Must(&otter.Options[[sha256.Size]byte, holding]{
		MaximumWeight: decodedBytes,
		Weigher:       func(_ [sha256.Size]byte, h holding) uint32 { return uint32(perByte * len(h.Document)) },
	})}
}

func (d *decoded) holding(value []byte) (holding, error) {
	at := sha256.Sum256(value)
	if h, ok := d.cache.GetIfPresent(at); ok {
		return h, nil
	}
	h, err := decodeHolding(value)
	if err == nil {
		d.cache.Set(at, h)
	}
	return h, err
}
