package attestation_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/conformance"
	"github.com/ftagateway/ftagateway/conformance/attestation"
	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/trust/proof"
)

// A vendor signs what it likes. What does not follow from the cases is found, whoever signed it.
func TestAClaimThatDoesNotFollowIsFound(t *testing.T) {
	for name, c := range map[string]struct {
		change func(r *conformance.Report)
		fault  string
	}{
		"a case left out":        {func(r *conformance.Report) { r.Cases = r.Cases[1:] }, "/cases: must hold " + conformance.Cases()[0].ID},
		"a case twice":           {func(r *conformance.Report) { r.Cases = append(r.Cases, r.Cases[0]) }, "must not be there twice"},
		"a case of nobody's":     {func(r *conformance.Report) { r.Cases[2].ID = "read/made-up" }, "/cases/2/id"},
		"a case of another why":  {func(r *conformance.Report) { r.Cases[2].Why = "No reason." }, "/cases/2"},
		"a case of other steps":  {func(r *conformance.Report) { r.Cases[2].Steps = []string{"Do nothing."} }, "/cases/2"},
		"a case of a level more": {func(r *conformance.Report) { r.Levels = r.Levels[1:] }, "must be a level that the report claims"},
		"a level of nobody's":    {func(r *conformance.Report) { r.Levels = append(r.Levels, "moon") }, "/levels/4"},
		"no levels":              {func(r *conformance.Report) { r.Levels = nil }, "/levels"},
		"counts":                 {func(r *conformance.Report) { r.Summary.Pass++ }, "/summary"},
		"a failure that passed": {func(r *conformance.Report) {
			r.Cases[0].Failure = &conformance.Failure{Step: 1, Expected: "this", Got: "that"}
		}, "/cases/0/failure"},
		"a failure without words": {func(r *conformance.Report) { r.Cases[0].Outcome = conformance.Fail }, "/cases/0/failure"},
		"another outcome":         {func(r *conformance.Report) { r.Cases[0].Outcome = "excellent" }, "/cases/0/outcome"},
		"not offered, though it is": {func(r *conformance.Report) {
			of(r, "read/every-version").Outcome, of(r, "read/every-version").Needs = conformance.NotOffered, conformance.Need(driver.AbilityVersions)
		}, "must not be notOffered"},
		"not offered for no reason": {func(r *conformance.Report) {
			of(r, "read/every-version").Outcome, of(r, "read/every-version").Needs = conformance.NotOffered, conformance.NeedAnchors
		}, "must be something that the case needs"},
		"passed, though not offered": {func(r *conformance.Report) { r.Ledger.Abilities = []driver.Ability{driver.AbilityRead} }, "must not be pass"},
		"passed, though without a mapping": {func(r *conformance.Report) {
			of(r, "read/entries-translate").Outcome, of(r, "read/entries-translate").Needs = conformance.Pass, ""
		},
			"the report is without what the case needs, " + string(conformance.NeedMapping)},
		"not offered, though with a mapping": {func(r *conformance.Report) {
			r.Mapping = conformance.MappingID{Name: "acme", Digest: ld.Sum(nil)}
		}, "must not be notOffered: the report has what it needs, " + string(conformance.NeedMapping)},
		"left, though not written": {func(r *conformance.Report) { r.Ledger.ForTesting = false }, "/left"},
	} {
		t.Run(name, func(t *testing.T) {
			r := report(t, conformance.Levels()...)
			c.change(r)
			if name != "counts" {
				r.Summary = conformance.Summarise(r.Cases)
			}
			f := verify(t, signed(t, r))
			if f.Outcome != driver.Failed || !strings.Contains(f.Faults.Error(), c.fault) || f.Signer != vendorDID() {
				t.Errorf("%+v, want %q", f, c.fault)
			}
		})
	}
}

func of(r *conformance.Report, id string) *conformance.Result {
	for i := range r.Cases {
		if r.Cases[i].ID == id {
			return &r.Cases[i]
		}
	}
	return &conformance.Result{}
}

// What one reader sees and another does not is refused, though the signature covers it.
func TestAMemberThatIsNotReadIsFound(t *testing.T) {
	for name, change := range map[string]func(o ld.Object){
		"unknown":          func(o ld.Object) { o["remark"] = "better than it looks" },
		"another spelling": func(o ld.Object) { o["Summary"] = ld.Object{"pass": 99.0} },
		"in a case":        func(o ld.Object) { o["cases"].([]any)[0].(ld.Object)["took"] = 5.0 },
		"another issuer":   func(o ld.Object) { o["issuer"] = "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK" },
		"another instant":  func(o ld.Object) { o["issued"] = "2031-01-01T00:00:00Z" },
	} {
		t.Run(name, func(t *testing.T) {
			object, err := ld.Parse(signed(t, report(t)), attestation.Limits)
			if err != nil {
				t.Fatal(err)
			}
			change(object)
			again, err := proof.Sign(object, vendor, proof.Options{Created: issued})
			if err != nil {
				t.Fatal(err)
			}
			data, err := json.Marshal(again)
			if err != nil {
				t.Fatal(err)
			}
			if f := verify(t, data); f.Outcome != driver.Failed {
				t.Errorf("%+v", f)
			}
		})
	}
}

// FuzzVerify: whatever a file holds, it is judged or refused, and only what the vendor signed is valid.
func FuzzVerify(f *testing.F) {
	data := signed(f, report(f))
	f.Add(data)
	f.Add(data[:len(data)/2])
	f.Add([]byte(`{"type":"ConformanceReport","cases":[{}],"proof":{}}`))
	good, err := ld.Parse(data, attestation.Limits)
	if err != nil {
		f.Fatal(err)
	}
	want, _ := ld.JCS(good)
	f.Fuzz(func(t *testing.T, data []byte) {
		found, err := attestation.Verify(data, vendorDID(), suites)
		if err != nil || found.Outcome != driver.Verified {
			return
		}
		object, err := ld.Parse(data, attestation.Limits)
		if err != nil {
			t.Fatal(err)
		}
		if got, _ := ld.JCS(object); !bytes.Equal(got, want) {
			t.Errorf("valid, and not what was signed: %s", data)
		}
	})
}
