package attestation_test

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/memory"
	"github.com/ftagateway/ftagateway/conformance"
	"github.com/ftagateway/ftagateway/conformance/attestation"
	"github.com/ftagateway/ftagateway/trust/did"
)

var (
	vendor = ed25519.NewKeyFromSeed(bytes.Repeat([]byte{7}, ed25519.SeedSize))
	issued = time.Date(2026, 11, 26, 9, 30, 0, 0, time.UTC)
	suites = []conformance.Suite{conformance.DriverSuite()}
)

func vendorDID() string { return did.FromEd25519(vendor.Public().(ed25519.PublicKey)) }

// report plays the levels against a right driver; no level: the stream level, which is short.
func report(t testing.TB, levels ...conformance.Level) *conformance.Report {
	t.Helper()
	if len(levels) == 0 {
		levels = []conformance.Level{conformance.LevelStream}
	}
	l := memory.New(memory.Options{ForTesting: true, URI: "urn:uuid:8f0c1c1e-6c3f-4a62-9d0e-3f2d5f1b7a10"})
	r := conformance.Run(t.Context(), conformance.Harness{Open: func(context.Context) (driver.Ledger, error) { return l.Chain().Connect(vendor) }},
		conformance.Options{Seed: 3, Levels: levels})
	if !r.OK() {
		t.Fatalf("%+v", r.Failed())
	}
	return r
}

func signed(t testing.TB, r *conformance.Report) []byte {
	t.Helper()
	d, err := attestation.Sign(r, vendor, issued)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := d.WriteJSON(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func verify(t testing.TB, data []byte) *attestation.Finding {
	t.Helper()
	f, err := attestation.Verify(data, "", suites)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestASignedReportIsValid(t *testing.T) {
	for _, levels := range [][]conformance.Level{conformance.Levels(), {conformance.LevelRead}, {conformance.LevelProof, conformance.LevelWrite}} {
		data := signed(t, report(t, levels...))
		f := verify(t, data)
		if f.Outcome != driver.Verified || len(f.Faults) > 0 || len(f.Warnings) > 0 {
			t.Errorf("%v: %+v", levels, f)
		}
		if f.Signer != vendorDID() || !f.Issued.Equal(issued) || f.Digest != attestation.Digest(data) || f.Report.Seed != 3 {
			t.Errorf("%v: %+v", levels, f)
		}
	}
}

func TestTheSameReportKeyAndInstantGiveTheSameBytes(t *testing.T) {
	r := report(t)
	if one, other := signed(t, r), signed(t, r); !bytes.Equal(one, other) {
		t.Errorf("%s\n%s", one, other)
	}
}

// What signing adds is all that sets the two forms of a report apart, so that one is compared with the other.
func TestASignedReportIsTheReportAndFourMembers(t *testing.T) {
	r := report(t)
	var plain bytes.Buffer
	if err := r.WriteJSON(&plain); err != nil {
		t.Fatal(err)
	}
	var without, with map[string]json.RawMessage
	if err := errors.Join(json.Unmarshal(plain.Bytes(), &without), json.Unmarshal(signed(t, r), &with)); err != nil {
		t.Fatal(err)
	}
	for _, added := range []string{"@context", "issuer", "issued", "proof"} {
		if with[added] == nil || without[added] != nil {
			t.Errorf("%s: %s signed, %s not", added, with[added], without[added])
		}
		delete(with, added)
	}
	for name := range with {
		if !bytes.Equal(with[name], without[name]) || len(with) != len(without) {
			t.Errorf("%s differs", name)
		}
	}
}

func TestAChangedByteIsFound(t *testing.T) {
	data := signed(t, report(t, conformance.LevelProof))
	step := 1
	if testing.Short() {
		step = 13
		t.Logf("short: every %dth of %d bytes is changed", step, len(data))
	}
	for i := 0; i < len(data); i += step {
		changed := bytes.Clone(data)
		changed[i] ^= 1
		f, err := attestation.Verify(changed, "", suites)
		if err == nil && f.Outcome == driver.Verified {
			t.Fatalf("byte %d was changed, in %.60q, and the report is still valid", i, data[max(0, i-30):min(len(data), i+30)])
		}
	}
}

func TestAnUnsignedReportIsVouchedForByNobody(t *testing.T) {
	var plain bytes.Buffer
	if err := report(t).WriteJSON(&plain); err != nil {
		t.Fatal(err)
	}
	f := verify(t, plain.Bytes())
	if f.Outcome != driver.Failed || f.Signer != "" || len(f.Faults) != 1 || f.Faults[0].Pointer != "/proof" {
		t.Errorf("%+v", f)
	}
}

func TestAnotherSignerThanExpectedIsNamed(t *testing.T) {
	other := did.FromEd25519(ed25519.NewKeyFromSeed(make([]byte, ed25519.SeedSize)).Public().(ed25519.PublicKey))
	f, err := attestation.Verify(signed(t, report(t)), other, suites)
	if err != nil || f.Outcome != driver.Failed || !strings.Contains(f.Faults.Error(), vendorDID()) || !strings.Contains(f.Faults.Error(), other) {
		t.Errorf("%+v, %v", f, err)
	}
	if f, err := attestation.Verify(signed(t, report(t)), vendorDID(), suites); err != nil || f.Outcome != driver.Verified {
		t.Errorf("%+v, %v", f, err)
	}
}

func TestWhatIsNoReportIsToldFromABadOne(t *testing.T) {
	for text, want := range map[string]string{
		``: "must be", `[]`: "must be a JSON object", `{"type":"EntrySummary"}`: "must be ConformanceReport", `{"type":7}`: "must be ConformanceReport",
		`{"type":"ConformanceReport","type":"ConformanceReport"}`:           "only member of its name",
		`{"a":` + strings.Repeat("[", 100) + strings.Repeat("]", 100) + `}`: "deep",
	} {
		f, err := attestation.Verify([]byte(text), "", suites)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.40s: %+v, %v, want %q", text, f, err, want)
		}
	}
}

// A report of another version is not refuted: its cases are not those that are known here.
func TestAnotherVersionIsToldAndNotHeldAgainstOurs(t *testing.T) {
	for name, c := range map[string]struct {
		change  func(r *conformance.Report)
		outcome driver.Outcome
		says    string
	}{
		"suite":    {func(r *conformance.Report) { r.Suite.Version, r.Cases = "0.9.0", nil }, driver.Undetermined, "suite driver 0.9.0"},
		"name":     {func(r *conformance.Report) { r.Suite.Name = "weather" }, driver.Undetermined, "suite weather"},
		"protocol": {func(r *conformance.Report) { r.Protocol = "2" }, driver.Verified, "protocol 2"},
		"model":    {func(r *conformance.Report) { r.Model = "https://w3id.org/fta/v9" }, driver.Verified, "model https://w3id.org/fta/v9"},
	} {
		t.Run(name, func(t *testing.T) {
			r := report(t)
			c.change(r)
			f := verify(t, signed(t, r))
			says := func(w string) bool { return strings.HasPrefix(w, c.says) }
			if f.Outcome != c.outcome || !slices.ContainsFunc(f.Warnings, says) || f.Signer != vendorDID() {
				t.Errorf("%+v", f)
			}
		})
	}
}
