package binding

import (
	"encoding/json"
	"errors"
	"fmt"
)

// Finality is what makes a block final. The zero value is finalized.
type Finality struct {
	Tag           string // "safe" or "latest"; empty for finalized, and where confirmations count
	Confirmations uint64
}

// UnmarshalJSON reads a tag, or {"confirmations": n}.
func (f *Finality) UnmarshalJSON(data []byte) error {
	var tag string
	if json.Unmarshal(data, &tag) == nil {
		if tag != "finalized" && tag != "safe" && tag != "latest" {
			return fmt.Errorf("%q must be finalized, safe, latest, or {confirmations: n}", tag)
		}
		if f.Tag = tag; tag == "finalized" {
			f.Tag = "" // one spelling of the same
		}
		return nil
	}
	var counted struct {
		Confirmations *uint64 `json:"confirmations"`
	}
	if err := json.Unmarshal(data, &counted); err != nil || counted.Confirmations == nil || *counted.Confirmations == 0 {
		return errors.New("must be finalized, safe, latest, or {confirmations: n} with n from 1")
	}
	f.Confirmations = *counted.Confirmations
	return nil
}

// String says it in words.
func (f Finality) String() string {
	switch {
	case f.Confirmations > 0:
		return fmt.Sprintf("a block counts as final when %d more stand on it; a longer rival chain may still replace it", f.Confirmations)
	case f.Tag == "latest":
		return "the newest block counts as final; a rival chain may still replace it"
	case f.Tag == "safe":
		return "a block is final when the chain's consensus has justified it (safe)"
	}
	return "a block is final when the chain's consensus has finalised it"
}
