package schemas_test

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/schemas"
)

func TestEveryListSaysWhereItComesFromAndSinceWhen(t *testing.T) {
	want := []string{"agreements", "countries", "entryTypes", "identifierSchemes", "originCriteria", "producerBasis",
		"rejectReasons", "rvcMethods", "spi", "transportModes", "unitsCBP", "unitsUNECE20"}
	if got := schemas.CodeListNames(); !slices.Equal(got, want) {
		t.Fatalf("lists %v, want %v", got, want)
	}
	for _, name := range want {
		l := schemas.MustCodes(name)
		if l.List != name || l.Title == "" || l.Source == "" || len(l.Codes) == 0 {
			t.Errorf("%s: has no title, source or codes", name)
		}
		if _, err := time.Parse("2006-01-02", l.Effective); err != nil {
			t.Errorf("%s: effective: %v", name, err)
		}
	}
}

func TestRowsAreWellFormed(t *testing.T) {
	for _, name := range schemas.CodeListNames() {
		for _, c := range schemas.MustCodes(name).Codes {
			if c.Value == "" || c.Name == "" || c.Until != "" && c.Until < c.From {
				t.Errorf("%s: %+v: has no value or name, or ends before it begins", name, c)
			}
			if i := slices.IndexFunc(c.Agreements, isNoAgreement); i >= 0 {
				t.Errorf("%s: %s: no agreement %s", name, c.Value, c.Agreements[i])
			}
		}
	}
}

func isNoAgreement(name string) bool { return !schemas.MustCodes("agreements").Has(name) }

func TestValuesStandOnce(t *testing.T) {
	several := []string{"spi", "originCriteria"} // good for several countries or agreements, a row each
	for _, name := range schemas.CodeListNames() {
		l := schemas.MustCodes(name)
		for _, c := range l.Codes {
			if len(l.Find(c.Value)) != 1 && !slices.Contains(several, name) {
				t.Errorf("%s: %s: stands in %d rows", name, c.Value, len(l.Find(c.Value)))
			}
		}
	}
}

// iso-3166-1.json is ISO's list as the npm package iso-3166 has it: a second opinion on the library.
func TestCountriesAreThoseOfISO3166(t *testing.T) {
	raw, err := os.ReadFile("testdata/iso-3166-1.json")
	if err != nil {
		t.Fatal(err)
	}
	var assigned []string
	if err := json.Unmarshal(raw, &assigned); err != nil {
		t.Fatal(err)
	}
	var ours []string
	for _, c := range schemas.MustCodes("countries").Codes {
		if schemas.IsCountry(c.Value) {
			ours = append(ours, c.Value)
		}
	}
	if !slices.Equal(ours, assigned) {
		t.Errorf("%d countries, want %d:\n%v\n%v", len(ours), len(assigned), ours, assigned)
	}
}

func TestWhatIsNoCountry(t *testing.T) {
	for code, why := range map[string]string{
		"": "nothing", "ca": "lower case", "CAN": "alpha-3", "GER": "an Olympic code that the library knows by name",
		"UK": "reserved", "EU": "reserved", "XX": "user-assigned", "XK": "user-assigned", "AN": "retired",
		"YU": "retired", "SU": "retired", "CS": "retired", "ZR": "retired", "DD": "retired", "TP": "retired",
		"XO": "a province", "JNT": "joint production", "MULTI": "several", "Canada": "a name",
	} {
		if schemas.IsCountry(code) {
			t.Errorf("%q (%s) is taken for a country", code, why)
		}
	}
}

func TestCanadianProvincesAreCanada(t *testing.T) {
	for _, code := range []string{"XA", "XB", "XC", "XM", "XN", "XO", "XP", "XQ", "XS", "XT", "XV", "XW", "XY"} {
		if country, ok := schemas.Origin(code); country != "CA" || !ok {
			t.Errorf("%s: %s, %t", code, country, ok)
		}
	}
	if country, ok := schemas.Origin("MX"); country != "MX" || !ok {
		t.Errorf("MX: %s, %t", country, ok)
	}
	for _, code := range []string{"XD", "XZ", "AN", ""} {
		if country, ok := schemas.Origin(code); ok {
			t.Errorf("%q is taken for %s", code, country)
		}
	}
}

// What CBP's units are mapped to exists, and the trap among them stays one.
func TestUnitsOfCBPHaveTheirEquivalents(t *testing.T) {
	rec20 := schemas.MustCodes("unitsUNECE20")
	for _, c := range schemas.MustCodes("unitsCBP").Codes {
		for _, unit := range c.UNECE20 {
			if !rec20.Has(unit) {
				t.Errorf("%s: Recommendation 20 has no %s", c.Value, unit)
			}
			if unit == "KGS" {
				t.Errorf("%s is mapped to kilograms per second", c.Value)
			}
		}
	}
	if got := rec20.Find("KGS")[0].Name; got != "kilogram per second" {
		t.Errorf("KGS: %s", got)
	}
	for _, unit := range []string{"X", "CKG", "CYK", "KTS", "SME", "SBE"} {
		if c := schemas.MustCodes("unitsCBP").Find(unit); len(c) != 1 || len(c[0].UNECE20) != 0 {
			t.Errorf("%s: %+v, want one row without equivalent", unit, c)
		}
	}
}

func ExampleCodes() {
	list, _ := schemas.Codes("spi")
	for _, row := range list.Find("P") {
		if row.On("2006-05-01") {
			fmt.Println(row.Agreements, row.Countries, "from", row.From)
		}
	}
	// Output:
	// [CAFTA-DR] [SV] from 2006-03-01
	// [CAFTA-DR] [HN] from 2006-04-01
	// [CAFTA-DR] [NI] from 2006-04-01
}
