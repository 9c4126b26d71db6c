package state

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"strconv"
)

// Entries says where a chaincode's entries are.
type Entries struct {
	// State is the form of their state keys.
	State Form `json:"state"`
	// Body is where in a state's value the body is; without it the value is the body.
	Body *Body `json:"body"`
}

// Body is a member of a value that is a JSON object.
type Body struct {
	At       string `json:"at"`       // its name
	Encoding string `json:"encoding"` // base64, or nothing for text
}

// Check refuses what cannot lead to an entry. The error begins with the field's path.
func (e *Entries) Check() error {
	if e.State.Count("{key}") != 1 {
		return errors.New("entries.state: must hold {key} once")
	}
	if b := e.Body; b != nil && (b.At == "" || b.Encoding != "" && b.Encoding != "base64") {
		return errors.New("entries.body: must hold at, the name of a member, and may hold encoding: base64")
	}
	return nil
}

// Numbered reports whether state keys say which version of the key they are.
func (e *Entries) Numbered() bool { return e.State.Count("{version}") == 1 }

// Read takes an entry's state key apart. version is 0 where it says none, or none that is a number.
func (e *Entries) Read(state string) (key string, version uint64, ok bool) {
	values, ok := e.State.Read(state)
	version, err := strconv.ParseUint(values["{version}"], 10, 64)
	if err != nil {
		version = 0
	}
	return values["{key}"], version, ok
}

// BodyOf takes the body out of a state's value. A value that is not of that form is the body itself, and whoever reads it
// finds it wrong: what stands on a ledger is shown as it stands there.
func (e *Entries) BodyOf(value []byte) []byte {
	if e.Body == nil {
		return value
	}
	var members map[string]json.RawMessage
	var text string
	if json.Unmarshal(value, &members) != nil || json.Unmarshal(members[e.Body.At], &text) != nil {
		return value
	}
	if e.Body.Encoding != "base64" {
		return []byte(text)
	}
	body, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		return value
	}
	return body
}
