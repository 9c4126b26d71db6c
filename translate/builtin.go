package translate

import (
	"encoding/json"
	"fmt"

	"github.com/google/uuid"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/schemas"
)

// The names under which Body hands lookups to the ledger, and by which they are found again.
const (
	Commitment = "lookup" // a keyed commitment of the record
	Linked     = "link"   // the id of a record that it links to
)

// Builtin gives a mapping that needs no file. There is one, "record": the entry's body is the record in its JCS bytes,
// its key is the record's id, and whoever indexes bodies finds its lookups and links where it writes them.
func Builtin(name string) (*Mapping, error) {
	if name != "record" {
		return nil, fmt.Errorf("mapping builtin:%s: must be builtin:record", name)
	}
	return definition{
		Mapping: "record",
		Version: 1,
		Shape:   "identity",
		Ledger:  json.RawMessage(`{"index":["/lookups/*","/links/*/id"]}`),
	}.compile(directions{record: recordOf, body: bodyOf, key: asID, id: asID})
}

func recordOf(e *driver.Entry) (*model.Parsed, error) {
	if e.Deleted {
		return nil, schemas.Faults{schemas.NewFault("", nil,
			"must be there: a record ends by a signed version, and is never deleted", recordSource)}
	}
	return model.ParseRecord(e.Body)
}

// bodyOf parses once more what leaves: a Parsed is an open struct, and its bytes are what counts.
func bodyOf(p *model.Parsed) ([]byte, []driver.Lookup, error) {
	sound, err := model.ParseRecord(p.Bytes)
	if err != nil {
		return nil, nil, err
	}
	return sound.Bytes, lookupsOf(sound), nil
}

func lookupsOf(p *model.Parsed) []driver.Lookup {
	lookups := make([]driver.Lookup, 0, len(p.Lookups)+len(p.Links))
	for _, c := range p.Lookups {
		lookups = append(lookups, driver.Lookup{Name: Commitment, Value: c})
	}
	for _, l := range p.Links {
		lookups = append(lookups, driver.Lookup{Name: Linked, Value: l.ID})
	}
	return lookups
}

const recordSource = "FTA record"

// asID is both directions between id and key, which are the same. Only a random uuid is a record's: a key of another
// kind on a shared ledger is somebody else's, and may tell something.
func asID(s string) (string, error) {
	u, err := uuid.Parse(s)
	if err != nil || u.Version() != 4 || u.Variant() != uuid.RFC4122 || u.URN() != s {
		return "", schemas.Faults{schemas.NewFault("/id", s, "must be a random urn:uuid (version 4) in lower case", "RFC 9562 section 5.4")}
	}
	return s, nil
}
