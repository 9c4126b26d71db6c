package attestation

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/conformance"
	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/schemas"
	"github.com/ftagateway/ftagateway/trust/proof"
)

// Finding is what Verify found.
type Finding struct {
	// Outcome is valid if the report is intact, signed, and follows from its cases; invalid if one of these is refuted;
	// undetermined if the suite's version is none that is known here, so that its cases cannot be held against it.
	Outcome  driver.Outcome `json:"outcome"`
	Signer   string         `json:"signer,omitempty"` // did:key, where the proof is right
	Issued   time.Time      `json:"issued,omitzero"`  // as the signer says
	Digest   string         `json:"sha256"`           // of the file, in hex, as sha256sum prints it
	Faults   schemas.Faults `json:"faults,omitempty"`
	Warnings []string       `json:"warnings,omitempty"`

	Report *conformance.Report `json:"-"` // nil where it could not be read
}

// Verify judges a report's text: who signed it, whether it is intact, and whether its verdict follows from its cases,
// which are held against the suite of its name. signer is the did:key that must have signed; "" takes any. The error is
// ErrNoReport, or a schemas.Faults for what is not even JSON.
func Verify(data []byte, signer string, suites []conformance.Suite) (*Finding, error) {
	f := &Finding{Digest: Digest(data)}
	d, object, err := read(data)
	if object == nil {
		return nil, err
	}
	f.note("", err)
	f.signature(object, signer)
	if d != nil {
		f.Report = d.Report
		f.issued(d)
		f.claims(d.Report, suites)
	}
	if len(f.Faults) > 0 {
		f.Outcome = driver.Failed
	}
	return f, nil
}

// Digest is how a file is named on a page and by Verify: SHA-256 in hex, as sha256sum prints it.
func Digest(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// note takes an error for what is wrong with the report.
func (f *Finding) note(pointer string, err error) {
	var faults schemas.Faults
	var fault schemas.Fault
	switch {
	case err == nil:
	case errors.As(err, &faults):
		f.Faults.Append(faults)
	case errors.As(err, &fault):
		f.Faults.Append(schemas.Faults{fault})
	default:
		f.Faults.Add(pointer, nil, "must be right: "+err.Error(), "")
	}
}

func (f *Finding) signature(object ld.Object, signer string) {
	f.Outcome = driver.Verified
	if _, signed := object["proof"]; !signed {
		f.Faults.Add("/proof", nil, "must be there: nobody vouches for this report", "conformance report")
		return
	}
	s, err := proof.Verify(object, proof.AssertionMethod)
	switch {
	case errors.Is(err, proof.ErrUnsupported):
		f.Outcome = driver.Undetermined
		f.Warnings = append(f.Warnings, err.Error())
		return
	case err != nil:
		f.note("/proof", err)
		return
	case s.Key != object["issuer"]:
		f.Faults.Add("/issuer", object["issuer"], "must be the key of the proof, "+s.Key, "conformance report")
	case signer != "" && s.Key != signer:
		f.Faults.Add("/issuer", s.Key, "must be the expected signer, "+signer, "")
	}
	f.Signer, f.Issued = s.Key, s.Created
}

// issued expects the instant in the report to be that of its proof.
func (f *Finding) issued(d *Document) {
	if f.Signer != "" && !d.Issued.Equal(f.Issued) {
		f.Faults.Add("/issued", d.Issued, "must be the instant of the proof, "+f.Issued.Format(time.RFC3339), "conformance report")
	}
}

// claims holds what the report claims against the suite, and its versions against those of this program.
func (f *Finding) claims(r *conformance.Report, suites []conformance.Suite) {
	f.version("model", r.Model, conformance.ModelVersion)
	named := slices.IndexFunc(suites, func(s conformance.Suite) bool { return s.Name == r.Suite.Name })
	if named < 0 {
		f.unknownSuite("suite %s: this program has none of that name, so the cases were not held against it", r.Suite.Name)
		return
	}
	suite := suites[named]
	f.version("protocol", r.Protocol, suite.Protocol)
	if suite.Version != r.Suite.Version {
		f.unknownSuite("suite %s %s: this program has version %s, so the cases were not held against it",
			r.Suite.Name, r.Suite.Version, suite.Version)
		return
	}
	f.Faults.Append(suite.Check(r))
}

func (f *Finding) version(of, is, here string) {
	if is != here {
		f.Warnings = append(f.Warnings, fmt.Sprintf("%s %s: this program has %s", of, is, here))
	}
}

func (f *Finding) unknownSuite(format string, args ...any) {
	f.Outcome = driver.Undetermined
	f.Warnings = append(f.Warnings, fmt.Sprintf(format, args...))
}
