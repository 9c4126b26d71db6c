// Package partner_test holds the example of a partner's mapping to the partner's own declaration.
package partner_test

import (
	"os"
	"testing"

	"github.com/ftagateway/ftagateway/translate"
)

func TestTheMappingReadsWhatThePartnerKeeps(t *testing.T) {
	m, err := translate.Load(os.DirFS("."), "mapping.yaml", translate.Options{Policy: translate.Policy{Readers: translate.Permissioned}})
	if err != nil {
		t.Fatal(err)
	}
	if report := translate.Test(m); !report.OK() {
		t.Error(report)
	}
	search, err := m.Search("ABC20261105")
	if err != nil || search.Key != "ABC-2026110-5" {
		t.Errorf("%+v, %v: an entry is asked for by its key", search, err)
	}
}
