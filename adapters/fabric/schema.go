package fabric

import (
	"bytes"
	"cmp"
	_ "embed"
	"encoding/json"
	"slices"
	"strings"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/fabric/state"
)

// schema is the ledger section of a mapping: where a chaincode keeps its entries, and how it is called to write them.
// Without one it is the reference chaincode's.
type schema struct {
	Entries state.Entries `json:"entries"`
	// Lookups is the form of state keys that lead to an entry by {name}, {value} and {key}.
	Lookups *struct {
		State state.Form `json:"state"`
	} `json:"lookups"`
	// Create and Update are a function and its arguments: {key}, {expect}, {body}, {lookups}, or constant text.
	Create []string `json:"create"`
	Update []string `json:"update"`
	// Writes is cas where the chaincode refuses a version that is not the next, or checkThenWrite.
	Writes driver.WriteMode `json:"writes"`
	// Refusals say what the chaincode's own errors mean. The first that fits counts.
	Refusals []rule `json:"refusals"`
}

// rule classifies a refusal by its status, a part of its text, or both.
type rule struct {
	Status int32       `json:"status"`
	Says   string      `json:"says"`
	Code   driver.Code `json:"code"`
}

//go:embed reference.json
var reference []byte

const maxSchema = 64 << 10

func parseSchema(native json.RawMessage) (*schema, error) {
	if len(native) == 0 || string(native) == "null" || onlyIndexes(native) {
		native = reference
	}
	var s schema
	decoder := json.NewDecoder(bytes.NewReader(native))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&s); err != nil || len(native) > maxSchema {
		return nil, invalid("%w", err)
	}
	return &s, s.check()
}

// onlyIndexes reports whether a section says no more than what stands where in bodies, as that of builtin:record does, for
// ledgers that are searched by their bodies. The reference chaincode is given lookups, and is not.
func onlyIndexes(native json.RawMessage) bool {
	var members map[string]json.RawMessage
	return json.Unmarshal(native, &members) == nil && len(members) == 1 && members["index"] != nil
}

func invalid(format string, args ...any) error {
	return driver.Errorf(driver.Invalid, "ledger section of the mapping, for Fabric: "+format, args...)
}

func (s *schema) check() error {
	if err := s.Entries.Check(); err != nil {
		return invalid("%w", err)
	}
	return cmp.Or(s.checkLookups(), s.checkRefusals(), s.checkWrites())
}

func (s *schema) checkRefusals() error {
	for _, r := range s.Refusals {
		if !slices.Contains(refusalCodes, r.Code) || r.Status == 0 && r.Says == "" {
			return invalid("refusals: must hold status, says or both, and a code of %v", refusalCodes)
		}
	}
	return nil
}

var refusalCodes = []driver.Code{driver.NotFound, driver.Conflict, driver.Invalid, driver.PermissionDenied, driver.TooLarge,
	driver.Unavailable, driver.ResourceExhausted}

func (s *schema) checkLookups() error {
	if s.Lookups == nil {
		return nil
	}
	for _, part := range []string{"{name}", "{value}", "{key}"} {
		if !s.Lookups.State.Composite || s.Lookups.State.Count(part) != 1 {
			return invalid("lookups.state: must be a composite key with %s once", part)
		}
	}
	return nil
}

func (s *schema) checkWrites() error {
	switch {
	case len(s.Create) == 0 && len(s.Update) == 0 && s.Writes == "":
		return nil
	case len(s.Create) == 0 || len(s.Update) == 0:
		return invalid("create, update: must both be there, or neither")
	case s.Writes != driver.WriteCAS && s.Writes != driver.WriteCheckThenWrite:
		return invalid("writes %q: must be %s or %s", s.Writes, driver.WriteCAS, driver.WriteCheckThenWrite)
	}
	return cmp.Or(checkCall("create", s.Create), checkCall("update", s.Update))
}

func checkCall(name string, call []string) error {
	if slices.Contains(call[1:], "{key}") && slices.Contains(call[1:], "{body}") {
		return nil
	}
	return invalid("%s: must hand over {key} and {body}", name)
}

func (s *schema) canWrite() bool { return len(s.Create) > 0 }

// call spells a write as the chaincode's function and arguments. create is for a key that nothing stands under.
func (s *schema) call(w *driver.Write, create bool) ([][]byte, error) {
	form := s.Update
	if create {
		form = s.Create
	}
	lookups := []map[string]string{}
	for _, l := range w.Lookups {
		lookups = append(lookups, map[string]string{"name": l.Name, "value": l.Value})
	}
	said, err := json.Marshal(lookups)
	if err != nil {
		return nil, err
	}
	values := map[string][]byte{"{key}": []byte(w.Key), "{expect}": []byte(decimal(w.Expect)), "{body}": w.Body, "{lookups}": said}
	args := make([][]byte, len(form))
	for i, part := range form {
		args[i] = []byte(part)
		if value, ok := values[part]; ok {
			args[i] = value
		}
	}
	return args, nil
}

// classify says what a chaincode's refusal means. One that no rule knows is an outage: it says nothing about the entry.
func (s *schema) classify(r *refusal) error {
	for _, rule := range s.Refusals {
		if (rule.Status == 0 || rule.Status == r.status) && strings.Contains(r.message, rule.Says) {
			return &driver.Error{Code: rule.Code, Err: r}
		}
	}
	return &driver.Error{Code: driver.Unknown, Err: r}
}
