package play

import (
	"bytes"
	"crypto/ed25519"
	"encoding/base64"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/ftagateway/ftagateway/conformance"
	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/translate"
)

// shaped draws keys and bodies in the shape of a ledger that takes no other: records that nobody filed, each signed by
// a key of its own and written by the ledger's mapping. All are version 1 of an entry summary, whatever they are
// written as: a ledger that looks for more than its shape refuses them.
type shaped struct{ mapping *translate.Mapping }

// tried draws once, so that a mapping that writes nothing is refused before anything is asked of the ledger.
func (s shaped) tried() error {
	r := rand.New(rand.NewPCG(0, 0))
	id := recordKey(r)
	if _, err := s.mapping.Key(id); err != nil {
		return fmt.Errorf("mapping %s gives no keys: %w", s.mapping.Name(), err)
	}
	if _, err := s.write(r, id, conformance.Body{}); err != nil {
		return fmt.Errorf("mapping %s writes no bodies: %w", s.mapping.Name(), err)
	}
	return nil
}

func (s shaped) key(r *rand.Rand) string {
	key, _ := s.mapping.Key(recordKey(r)) // as tried
	return key
}

// body makes a record for a key, and for a key that can be no record's, of some other one.
func (s shaped) body(r *rand.Rand, b conformance.Body) []byte {
	id, err := s.mapping.ID(b.Key)
	if err != nil {
		id = recordKey(r)
	}
	body, _ := s.write(r, id, b) // as tried
	return padded(body, b.Size)
}

func (s shaped) write(r *rand.Rand, id string, b conformance.Body) ([]byte, error) {
	document, certificate := drawn(r), drawn(r)
	record := model.Record{
		ID: id, Type: model.TypeEntrySummary, Ledger: recordKey(r), Version: 1, Event: "file",
		Issued: model.At(time.Unix(int64(r.Uint32()), 0)), Digest: document,
		Links:    []model.Link{{Rel: model.RelCertificate, ID: recordKey(r), Ledger: recordKey(r), Version: 1, Digest: certificate}},
		Evidence: []model.Evidence{{ID: recordKey(r), Digest: document, MediaType: "application/vc"}},
	}
	for _, l := range b.Lookups {
		record.Lookups = append(record.Lookups, l.Value)
	}
	if len(record.Lookups) == 0 {
		lookup := drawn(r)
		record.Lookups = []string{"u" + base64.RawURLEncoding.EncodeToString(lookup[:])}
	}
	seed := drawn(r)
	signed, err := model.SignRecord(record, ed25519.NewKeyFromSeed(seed[:]))
	if err != nil {
		return nil, err
	}
	body, _, err := s.mapping.Body(signed)
	return body, err
}

func drawn(r *rand.Rand) (d ld.Digest) {
	for i := range d {
		d[i] = byte(r.Uint32())
	}
	return d
}

// padded makes a JSON object as large as was asked for, by space behind its first brace: the same object to whoever
// reads it.
func padded(body []byte, size int) []byte {
	if len(body) == 0 || len(body) >= size {
		return body
	}
	return bytes.Join([][]byte{body[:1], bytes.Repeat([]byte{' '}, size-len(body)), body[1:]}, nil)
}
