package translate_test

import (
	"slices"
	"strings"
	"testing"

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
