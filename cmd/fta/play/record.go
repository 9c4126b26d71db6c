package play

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"github.com/google/uuid"

	"github.com/ftagateway/ftagateway/conformance"
	"github.com/ftagateway/ftagateway/ld"
)

// recordKey draws the id of a record: a random UUID, as RFC 9562 section 5.4 has it.
func recordKey(r *rand.Rand) string {
	var id uuid.UUID
	for i := range id {
		id[i] = byte(r.Uint32())
	}
	id[6], id[8] = id[6]&0x0f|0x40, id[8]&0x3f|0x80
	return id.URN()
}

// recordBody makes a JSON object of the asked size that nobody wrote before.
func recordBody(r *rand.Rand, b conformance.Body) []byte {
	lookups := make([]any, len(b.Lookups))
	for i, l := range b.Lookups {
		lookups[i] = l.Value
	}
	record := ld.Object{"id": b.Key, "lookups": lookups, "nonce": fmt.Sprintf("%016x", r.Uint64()), "fill": ""}
	short, _ := ld.JCS(record) // an object of strings
	record["fill"] = strings.Repeat("x", max(0, b.Size-len(short)))
	body, _ := ld.JCS(record)
	return body
}
