package translate_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/translate"
)

func TestPublishedShapesHoldTheLawsBothWays(t *testing.T) {
	for _, name := range translate.PublishedNames() {
		m, err := translate.Published(name, translate.Options{})
		if err != nil {
			t.Error(err)
			continue
		}
		if r := translate.Test(m); !r.OK() {
			t.Error(r)
		}
	}
}

// What the published shapes do not have is named, and what the model does not have is kept beside.
func TestPublishedShapesNameWhatTheyLack(t *testing.T) {
	for name, c := range map[string]struct{ lacks, beside string }{
		"usmca":              {"/subject/certifierRole", "/credentialSubject/goods/*/commodityCodeType"},
		"entry-summary-7501": {"/subject/lines/*/countryOfOrigin", "/credentialSubject/transportMode"},
		"entry-3461":         {"/subject/importDate", "/credentialSubject/arrivalDate"},
	} {
		m := published(t, name, translate.Options{})
		d := translate.Diff(m)
		for _, drop := range d.Dropped {
			if strings.HasPrefix(drop.Path, "/subject/") && !drop.Declared {
				t.Errorf("%s: %s has no place, and is not under lacks", name, drop.Path)
			}
		}
		if !slices.Contains(paths(d.Dropped), c.lacks) && !slices.ContainsFunc(d.Dropped, func(p translate.Drop) bool { return strings.HasPrefix(p.Path, c.lacks+"/") }) {
			t.Errorf("%s: %s is not among what is dropped", name, c.lacks)
		}
		if !slices.Contains(paths(d.Beside), c.beside) {
			t.Errorf("%s: beside %v", name, paths(d.Beside))
		}
	}
	if _, err := translate.Published("invoice", translate.Options{}); err == nil {
		t.Error("no error for a shape that is not there")
	}
	if _, err := translate.Published("usmca", translate.Options{Policy: public}); err == nil {
		t.Error("a whole certificate may be written to a public ledger")
	}
}

// Every published shape goes through the model and comes back as it stood. So it does where only the typed document of the
// model was kept, and what stands beside: its empty members are what the shape lacks, and are told.
func TestPublishedDocumentsComeBackAsTheyStood(t *testing.T) {
	for file, name := range map[string]string{"usmca-blanket.json": "usmca", "usmca-various.json": "usmca", "entry-summary-7501.json": "entry-summary-7501",
		"entry-3461.json": "entry-3461"} {
		m, body := published(t, name, translate.Options{Keys: keys(t, newStore())}), sample(t, file)
		native, err := ld.Parse(body, ld.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		want, err := ld.JCS(native)
		if err != nil {
			t.Fatal(err)
		}
		d := derive(t, m, body)
		for from, d := range map[string]*translate.Derived{"as read": d, "as typed": {Type: d.Type, Subject: d.Subject, Beside: d.Beside}} {
			got, dropped, err := m.Render(d)
			if err != nil || (len(dropped) > 0) != (from == "as typed") || !bytes.Equal(got, want) {
				t.Errorf("%s %s: %v, dropped %v\n%s\n%s", file, from, err, dropped, got, want)
			}
		}
	}
}
