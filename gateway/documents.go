package gateway

import (
	"github.com/maypok86/otter/v2"

	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/trust/proof"
)

// documents keeps, by digest, what documents say and whether their proof and their rules hold: none of it can ever turn
// out otherwise. Never kept is that a document could be had: its server is asked each time, and writes down each time who
// took it.
type documents struct {
	cache *otter.Cache[ld.Digest, *checked]
}

// checked is a document that was looked at. Everybody who finds it shares it: it is never changed.
type checked struct {
	document *model.Document // nil where the bytes are none
	fault    string          // why it is not right by itself; empty where it is
	size     int             // of its bytes
}

const (
	documentBytes = 64 << 20 // of memory, about
	perByte       = 8        // bytes of memory that one of a document takes, decoded twice
	checkedSize   = 256
)

func newDocuments() *documents {
	return &documents{otter.Must(&otter.Options[ld.Digest, *checked]{
		MaximumWeight: documentBytes,
		Weigher:       func(_ ld.Digest, c *checked) uint32 { return uint32(checkedSize + perByte*c.size) },
	})}
}

// read looks at bytes whose digest is known to be theirs.
func (d *documents) read(digest ld.Digest, data []byte) *checked {
	if known, ok := d.cache.GetIfPresent(digest); ok {
		return known
	}
	c := check(data)
	d.cache.Set(digest, c)
	return c
}

func check(data []byte) *checked {
	d, err := model.ParseDocument(data)
	if err != nil {
		return &checked{}
	}
	c := &checked{document: d, size: len(data)}
	if _, err := proof.Verify(d.Object, proofPurpose); err != nil {
		c.fault = "the document's proof is not its issuer's"
	} else if faults := d.Check(); len(faults) > 0 {
		c.fault = "the document breaks a rule: " + faults[0].Pointer + " " + faults[0].Rule
	}
	return c
}
