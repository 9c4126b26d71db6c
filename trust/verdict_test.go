package trust_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/ftagateway/ftagateway/trust"
)

var outcomes = []trust.Outcome{trust.Valid, trust.Invalid, trust.Undetermined, trust.NotOffered}

// Every combination of outcomes of a required and an optional check, each of them also missing ("").
func TestJudgeTable(t *testing.T) {
	want := map[[2]trust.Outcome]trust.Outcome{
		{"", ""}:                                 trust.Undetermined,
		{"", trust.Valid}:                        trust.Undetermined,
		{"", trust.Invalid}:                      trust.Invalid,
		{"", trust.Undetermined}:                 trust.Undetermined,
		{"", trust.NotOffered}:                   trust.Undetermined,
		{trust.Valid, ""}:                        trust.Valid,
		{trust.Valid, trust.Valid}:               trust.Valid,
		{trust.Valid, trust.Invalid}:             trust.Invalid,
		{trust.Valid, trust.Undetermined}:        trust.Valid,
		{trust.Valid, trust.NotOffered}:          trust.Valid,
		{trust.Invalid, ""}:                      trust.Invalid,
		{trust.Invalid, trust.Valid}:             trust.Invalid,
		{trust.Invalid, trust.Invalid}:           trust.Invalid,
		{trust.Invalid, trust.Undetermined}:      trust.Invalid,
		{trust.Invalid, trust.NotOffered}:        trust.Invalid,
		{trust.Undetermined, ""}:                 trust.Undetermined,
		{trust.Undetermined, trust.Valid}:        trust.Undetermined,
		{trust.Undetermined, trust.Invalid}:      trust.Invalid,
		{trust.Undetermined, trust.Undetermined}: trust.Undetermined,
		{trust.Undetermined, trust.NotOffered}:   trust.Undetermined,
		{trust.NotOffered, ""}:                   trust.Undetermined,
		{trust.NotOffered, trust.Valid}:          trust.Undetermined,
		{trust.NotOffered, trust.Invalid}:        trust.Invalid,
		{trust.NotOffered, trust.Undetermined}:   trust.Undetermined,
		{trust.NotOffered, trust.NotOffered}:     trust.Undetermined,
	}
	for pair, outcome := range want {
		t.Run(fmt.Sprintf("required %q optional %q", pair[0], pair[1]), func(t *testing.T) {
			var checks []trust.Check
			for i, name := range []string{trust.Schema, trust.Proof} {
				if pair[i] != "" {
					checks = append(checks, trust.Check{Name: name, Outcome: pair[i]})
				}
			}
			v := trust.Judge(checks, []string{trust.Schema}, trust.Subject{})
			if v.Outcome != outcome {
				t.Errorf("outcome %q, want %q", v.Outcome, outcome)
			}
		})
	}
}

func TestJudgeNeverCallsNothingValid(t *testing.T) {
	for _, checks := range [][]trust.Check{
		nil,
		{{Name: trust.Proof, Outcome: trust.NotOffered}, {Name: trust.Schema, Outcome: trust.Undetermined}},
	} {
		if v := trust.Judge(checks, nil, trust.Subject{}); v.Outcome != trust.Undetermined {
			t.Errorf("Judge(%v) with nothing required is %q, want undetermined", checks, v.Outcome)
		}
	}
}

func TestJudgeTreatsAForeignOutcomeAsUndetermined(t *testing.T) {
	checks := []trust.Check{{Name: trust.Schema, Outcome: "probably"}, {Name: trust.Proof, Outcome: trust.Valid}}
	v := trust.Judge(checks, []string{trust.Schema}, trust.Subject{})
	if v.Outcome != trust.Undetermined || v.Checks[0].Outcome != trust.Undetermined || v.Checks[0].Reason == "" {
		t.Errorf("verdict %+v, want schema undetermined with a reason", v)
	}
}

func TestJudgeListsChecksInOrderWithTheMissingOnes(t *testing.T) {
	checks := []trust.Check{
		{Name: "lab", Outcome: trust.Valid},
		{Name: trust.Inclusion, Outcome: trust.NotOffered},
		{Name: trust.Schema, Outcome: trust.Valid},
	}
	v := trust.Judge(checks, []string{trust.Versions, trust.Versions, trust.Schema}, trust.Subject{})
	var names []string
	for _, c := range v.Checks {
		names = append(names, c.Name)
	}
	if want := []string{trust.Schema, trust.Versions, trust.Inclusion, "lab"}; !slices.Equal(names, want) {
		t.Errorf("lines %v, want %v", names, want)
	}
	if v.Checks[1].Reason == "" {
		t.Error("the missing check says no reason")
	}
}

func TestAssurance(t *testing.T) {
	for _, c := range []struct {
		proof  []trust.Outcome
		sender bool
		want   trust.Assurance
	}{
		{[]trust.Outcome{trust.Valid}, false, trust.ByIssuer},
		{[]trust.Outcome{trust.Valid}, true, trust.ByIssuer},
		{[]trust.Outcome{trust.Valid, trust.Invalid}, true, trust.ByLedger},
		{[]trust.Outcome{trust.Invalid, trust.Valid}, true, trust.ByLedger},
		{[]trust.Outcome{trust.Undetermined}, true, trust.BySender},
		{[]trust.Outcome{trust.NotOffered}, true, trust.BySender},
		{[]trust.Outcome{trust.NotOffered}, false, trust.ByLedger},
		{nil, true, trust.BySender},
		{nil, false, trust.ByLedger},
	} {
		checks := []trust.Check{{Name: trust.Schema, Outcome: trust.Valid}}
		for _, o := range c.proof {
			checks = append(checks, trust.Check{Name: trust.Proof, Outcome: o})
		}
		v := trust.Judge(checks, nil, trust.Subject{SenderKnown: c.sender})
		if v.Assurance != c.want {
			t.Errorf("proof %v, sender known %t: assurance %q, want %q", c.proof, c.sender, v.Assurance, c.want)
		}
	}
}

func drawChecks(t *rapid.T) []trust.Check {
	one := rapid.Custom(func(t *rapid.T) trust.Check {
		return trust.Check{
			Name:    rapid.SampledFrom(append(trust.Names(), "foreign")).Draw(t, "name"),
			Outcome: rapid.SampledFrom(outcomes).Draw(t, "outcome"),
		}
	})
	return rapid.SliceOfN(one, 0, 10).Draw(t, "checks")
}

// count says how many checks have a name and an outcome; an empty one stands for any.
func count(checks []trust.Check, name string, o trust.Outcome) (n int) {
	for _, c := range checks {
		if (name == "" || c.Name == name) && (o == "" || c.Outcome == o) {
			n++
		}
	}
	return n
}

// ruled is the rule's three sentences, stated once more and independently of how Judge computes them.
func ruled(checks []trust.Check, required []string) trust.Outcome {
	if count(checks, "", trust.Invalid) > 0 {
		return trust.Invalid
	}
	for _, name := range required {
		if count(checks, name, "") == 0 || count(checks, name, "") > count(checks, name, trust.Valid) {
			return trust.Undetermined
		}
	}
	if count(checks, "", trust.Valid) == 0 {
		return trust.Undetermined
	}
	return trust.Valid
}

func TestJudgeKeepsTheRule(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		checks := drawChecks(t)
		required := rapid.SliceOfDistinct(rapid.SampledFrom(trust.Names()), rapid.ID).Draw(t, "required")
		before := slices.Clone(checks)
		if got, want := trust.Judge(checks, required, trust.Subject{}).Outcome, ruled(checks, required); got != want {
			t.Fatalf("Judge(%v, %v) = %q, want %q", checks, required, got, want)
		}
		if !slices.Equal(before, checks) {
			t.Fatal("Judge changed what it was given")
		}
	})
}

// An outage may hide a valid or invalid answer, but never turns one into the other.
func TestJudgeAnOutageIsNeverAVerdict(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		checks := drawChecks(t)
		required := []string{trust.Schema, trust.Proof}
		before := trust.Judge(checks, required, trust.Subject{}).Outcome
		for i := range checks {
			struck := slices.Clone(checks)
			struck[i].Outcome = trust.Undetermined
			after := trust.Judge(struck, required, trust.Subject{}).Outcome
			if after == trust.Invalid && before != trust.Invalid {
				t.Fatalf("an outage of %d in %v made it invalid", i, checks)
			}
			if after == trust.Valid && checks[i].Outcome != trust.Invalid && before != trust.Valid {
				t.Fatalf("an outage of %d in %v made it valid", i, checks)
			}
		}
	})
}

func TestAged(t *testing.T) {
	block := time.Date(2026, 11, 20, 14, 0, 0, 0, time.UTC)
	at := func(s int) time.Time { return block.Add(time.Duration(s) * time.Second) }
	for name, c := range map[string]struct {
		head  time.Time
		since time.Duration
		want  int64
	}{
		"the chain went on":                       {at(12), 0, 12},
		"the head is the answer's own block":      {at(0), 0, 0},
		"the chain went on, and then was silent":  {at(12), 30 * time.Second, 42},
		"no head is known":                        {time.Time{}, 7 * time.Second, 7},
		"an older head tells nothing":             {at(-5), 7 * time.Second, 7},
		"the host's clock was put back meanwhile": {at(12), -time.Hour, 12},
	} {
		got := trust.AsOf{ChainTime: block}.Aged(c.head, c.since).Age
		if got == nil || *got != c.want {
			t.Errorf("%s: age %v, want %d", name, got, c.want)
		}
	}
	if got := (trust.AsOf{}).Aged(at(1), time.Second).Age; got != nil {
		t.Errorf("a chain without time has age %d, want none", *got)
	}
}

func TestVerdictJSON(t *testing.T) {
	age := int64(3)
	v := trust.Judge([]trust.Check{{Name: trust.Proof, Outcome: trust.Valid, Method: "eddsa-jcs-2022"}}, nil, trust.Subject{
		Mapping: "uEiA",
		AsOf:    trust.AsOf{Ledger: "urn:uuid:1", Height: 7, ChainTime: time.Unix(0, 0).UTC(), Final: true, Age: &age},
	})
	got, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	const want = `{"outcome":"valid","assurance":"issuer",` +
		`"checks":[{"name":"proof","outcome":"valid","method":"eddsa-jcs-2022"}],"mapping":"uEiA",` +
		`"asOf":{"ledger":"urn:uuid:1","height":7,"chainTime":"1970-01-01T00:00:00Z","final":true,"age":3}}`
	if string(got) != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}
