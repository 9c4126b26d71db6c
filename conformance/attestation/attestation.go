// Package attestation signs conformance reports and says of signed ones who signed them, whether they are intact, and
// whether what they claim follows from what they hold.
//
// A signed report is the report's own JSON object with four members more: @context, issuer (a did:key), issued, and a
// Data Integrity proof by eddsa-jcs-2022 over all the others. It says that the holder of a key vouches for the report.
// It does not say whose key that is, nor that the run was honest: whoever doubts it runs the suite again with the seed.
package attestation

import (
	"bytes"
	"crypto"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/ftagateway/ftagateway/conformance"
	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/schemas"
	"github.com/ftagateway/ftagateway/trust/key"
	"github.com/ftagateway/ftagateway/trust/proof"
)

// Document is a report as it is read, signed or not.
type Document struct {
	Context []string  `json:"@context,omitempty"`
	Type    string    `json:"type"`             // conformance.ReportType
	Issuer  string    `json:"issuer,omitempty"` // did:key of who vouches for the report
	Issued  time.Time `json:"issued,omitzero"`  // UTC, whole seconds
	*conformance.Report
	Proof ld.Object `json:"proof,omitempty"` // eddsa-jcs-2022 by the issuer
}

// context defines the terms of the proof, as its suite wants it; the rest is read as plain JSON.
var context = []string{"https://w3id.org/security/data-integrity/v2"}

// Limits bound what is read as a report: far more cases, and failures, than a suite has.
var Limits = ld.Limits{Bytes: 4 << 20, Depth: 8, Members: 100_000}

// Sign makes a signed report. The same report, key and instant give the same bytes.
func Sign(r *conformance.Report, s crypto.Signer, issued time.Time) (*Document, error) {
	issuer, err := key.DID(s)
	if err != nil {
		return nil, fmt.Errorf("sign the report: %w", err)
	}
	d := &Document{Context: context, Type: conformance.ReportType, Issuer: issuer, Issued: issued.UTC().Truncate(time.Second), Report: r}
	unsigned, err := d.object()
	if err != nil {
		return nil, fmt.Errorf("sign the report: %w", err)
	}
	signed, err := proof.Sign(unsigned, s, proof.Options{Created: d.Issued})
	if err != nil {
		return nil, fmt.Errorf("sign the report: %w", err)
	}
	d.Proof, _ = signed["proof"].(ld.Object)
	return d, nil
}

// object is the document as decoded JSON.
func (d *Document) object() (ld.Object, error) {
	data, err := json.Marshal(d)
	if err != nil {
		return nil, err
	}
	return ld.Parse(data, Limits)
}

// WriteJSON writes the document as conformance.Report.WriteJSON does, so that the two differ only in what signing adds.
func (d *Document) WriteJSON(w io.Writer) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	if err := e.Encode(d); err != nil {
		return fmt.Errorf("write the signed report as JSON: %w", err)
	}
	return nil
}

// ErrNoReport is the cause when a text is JSON of something else than a report.
var ErrNoReport = errors.New("not a conformance report")

// read takes a report apart, strictly: what is not read would be signed for and not seen.
func read(data []byte) (*Document, ld.Object, error) {
	object, err := ld.Parse(data, Limits)
	if err != nil {
		return nil, nil, err
	}
	if object["type"] != conformance.ReportType {
		fault := schemas.NewFault("/type", object["type"], "must be "+conformance.ReportType, "")
		return nil, nil, fmt.Errorf("%w: %w", ErrNoReport, fault)
	}
	d := &Document{Report: new(conformance.Report)}
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(d); err != nil {
		return nil, object, only("", nil, "must have the form of a report: "+err.Error())
	}
	return d, object, sameAs(d, object)
}

// sameAs finds what the decoder reads and the form of a report does not have: a name in another spelling, a null.
func sameAs(d *Document, object ld.Object) error {
	again, err := d.object()
	if err != nil {
		return err
	}
	was, err := ld.JCS(object)
	if err != nil {
		return err
	}
	is, err := ld.JCS(again)
	if err != nil || !bytes.Equal(was, is) {
		return errors.Join(err, only("", nil, "must hold what a report holds, in its spelling, and nothing else"))
	}
	return nil
}

func only(pointer string, value any, rule string) error {
	return schemas.Faults{schemas.NewFault(pointer, value, rule, "conformance report")}
}
