package translate

import (
	"encoding/json"
	"fmt"

	"github.com/ftagateway/ftagateway/ld"
)

// engine is raised whenever the same mapping file would come to mean something else. It is under the digest.
const engine = 1

// definition is a builtin mapping as data: what the digest is over, in JCS form.
type definition struct {
	Mapping string          `json:"mapping"` // its name
	Version int             `json:"version"` // raised whenever the same definition would come to mean something else
	Shape   string          `json:"shape"`
	Ledger  json.RawMessage `json:"ledger"` // undecoded, for the driver
}

func (d definition) compile(s directions) (*Mapping, error) {
	data, err := json.Marshal(d)
	if err != nil {
		return nil, fmt.Errorf("mapping %q: %w", d.Mapping, err)
	}
	canonical, err := ld.Parse(data, ld.Limits{})
	if err != nil {
		return nil, fmt.Errorf("mapping %q: %w", d.Mapping, err)
	}
	digest, err := ld.DigestJCS(canonical)
	if err != nil {
		return nil, fmt.Errorf("mapping %q: %w", d.Mapping, err)
	}
	return &Mapping{name: d.Mapping, file: "builtin:" + d.Mapping, digest: digest, native: d.Ledger, shape: s, kind: kindRecord}, nil
}
