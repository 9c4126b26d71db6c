package translate

import (
	"encoding/json"
	"fmt"
	"maps"

	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/translate/shape"
)

// Render writes in the ledger's own shape what Derive reads: also of a Derived that was made from a document of ours, by
// its Type and Subject. dropped are the model pointers of what the shape has no place for, as the mapping says under
// lacks; what it does not say is an error. What the shape requires and the model lacks has to be given in Beside.
// The error is a schemas.Faults.
//
// The result is a document for whoever reads that shape. The gateway appends no such thing to a ledger.
func (m *Mapping) Render(d *Derived) (body []byte, dropped []string, err error) {
	if m.derived == nil || d.Type != m.kind {
		return nil, nil, only("/type", d.Type, "must be what the mapping gives: "+m.kind)
	}
	if m.lays.readOnly {
		return nil, nil, only("", nil, "must not be written: the mapping is for reading only")
	}
	object, err := d.said()
	if err != nil {
		return nil, nil, m.faults(err)
	}
	native, dropped, err := m.render(object, d.Beside)
	if err != nil {
		return nil, nil, m.faults(err)
	}
	body, err = ld.JCS(native)
	return body, dropped, err
}

// render writes, and reads again what it wrote: what would come back otherwise is refused.
func (m *Mapping) render(object ld.Object, beside map[string]any) (any, []string, error) {
	native, dropped, err := m.lays.compiled.Write(shape.Content{Value: object, Beside: beside})
	if err != nil {
		return nil, nil, err
	}
	back, err := m.deriveFrom(native)
	if err != nil {
		return nil, nil, fmt.Errorf("reading what was written: %w", err)
	}
	if at, ok := shape.Differ(m.lays.compiled.Without(object), back.object); ok {
		return nil, nil, shape.Faults{{Model: at, Rule: "must come back as it is: the mapping reads another value than it writes"}}
	}
	return native, dropped, nil
}

// MarshalJSON gives what is shown of d: what was said and no more. A required member that the ledger's shape lacks is not
// there, where the typed Subject has an empty one.
func (d *Derived) MarshalJSON() ([]byte, error) {
	said, err := d.said()
	if err != nil {
		return nil, err
	}
	shown := ld.Object{"id": d.ID, "type": d.Type, "version": d.Version, "derivedFrom": d.From}
	maps.Copy(shown, said)
	if d.Author.ID != "" {
		shown["author"] = map[string]string{"kind": d.Author.Kind, "id": d.Author.ID}
	}
	if len(d.Lacks) > 0 {
		shown["lacks"] = d.Lacks
	}
	if len(d.Beside) > 0 {
		shown["beside"] = d.Beside
	}
	if len(d.Findings) > 0 {
		shown["findings"] = d.Findings
	}
	return json.Marshal(shown)
}

// said is the statement as decoded JSON.
func (d *Derived) said() (ld.Object, error) {
	if d.object != nil {
		return d.object, nil
	}
	data, err := json.Marshal(struct {
		Event   string        `json:"event,omitempty"`
		Reason  []string      `json:"reason,omitempty"`
		Issued  model.Instant `json:"issued,omitzero"`
		Links   []DerivedLink `json:"links,omitempty"`
		Subject model.Subject `json:"subject,omitempty"`
	}{d.Event, d.Reason, d.Issued, d.Links, d.Subject})
	if err != nil {
		return nil, err
	}
	return ld.Parse(data, nativeLimits)
}
