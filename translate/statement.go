package translate

import (
	"encoding/json"

	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/schemas"
)

// decode holds what was said against the model's schemas, and types it.
func (d *Derived) decode(m *Mapping) error {
	faults := checkStep(d.object)
	subject, has := d.object["subject"]
	if has {
		faults.Append(m.checkSubject(subject))
	}
	if len(faults) > 0 {
		return faults
	}
	if has {
		d.Subject, _ = model.NewSubject(d.Type)
	}
	data, err := ld.JCS(d.object)
	if err != nil {
		return err
	}
	typed := struct {
		Event   *string        `json:"event"`
		Reason  *[]string      `json:"reason"`
		Issued  *model.Instant `json:"issued"`
		Links   *[]DerivedLink `json:"links"`
		Subject model.Subject  `json:"subject"`
	}{&d.Event, &d.Reason, &d.Issued, &d.Links, d.Subject}
	if err := json.Unmarshal(data, &typed); err != nil {
		return only("", nil, "must be readable as "+d.Type) // the library's own words name types of this program
	}
	if has {
		d.Findings = d.Subject.Check()
	}
	return nil
}

// checkSubject holds the subject against its schema. What the mapping says is lacking may be.
func (m *Mapping) checkSubject(subject any) schemas.Faults {
	var kept schemas.Faults
	for _, f := range schemas.Validate(schemas.Subject(m.kind), subject) {
		f.Pointer = "/subject" + f.Pointer
		if f.Value == "" && m.lays.compiled.Lacks(f.Pointer) {
			continue
		}
		kept.Append(schemas.Faults{f})
	}
	return kept
}

// checkStep holds the rest against the record's schema, of which it is a part: what is missing is no fault.
func checkStep(object ld.Object) schemas.Faults {
	part := ld.Object{}
	for name, v := range object {
		if name != "subject" {
			part[name] = v
		}
	}
	var kept schemas.Faults
	for _, f := range schemas.Validate("Record", part) {
		if f.Value != "" {
			kept.Append(schemas.Faults{f})
		}
	}
	return kept
}
