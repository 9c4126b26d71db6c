package translate_test

import (
	"slices"
	"testing"

	"github.com/ftagateway/ftagateway/translate"
)

func paths(drops []translate.Drop) []string {
	var all []string
	for _, d := range drops {
		all = append(all, d.Path)
	}
	return all
}

func TestDiffShowsWhatTheMappingDrops(t *testing.T) {
	if d := translate.Diff(load(t, "contract.yaml", translate.Options{})); len(d.Dropped) > 0 || len(d.Beside) > 0 {
		t.Errorf("a mapping of whole records drops %v", d)
	}
	if d := translate.Diff(builtin(t)); len(d.Dropped) > 0 {
		t.Errorf("the identity drops %v", d.Dropped)
	}
	d := translate.Diff(published(t, "usmca", translate.Options{}))
	for _, at := range []string{"/subject/certifierRole", "/subject/goods/*/rvcMethod", "/subject/goods/*/partNumber", "/event"} {
		if !slices.Contains(paths(d.Dropped), at) {
			t.Errorf("%s is not among what is dropped: %v", at, paths(d.Dropped))
		}
	}
	for _, at := range []string{"/subject/goods/*/hs", "/subject/goods/*/number", "/subject/exporter/parties/*/name", "/subject/agreement"} {
		if slices.Contains(paths(d.Dropped), at) {
			t.Errorf("%s is among what is dropped", at)
		}
	}
	if !slices.Contains(paths(d.Beside), "/issuer/employee/firstName") {
		t.Errorf("beside: %v", paths(d.Beside))
	}
}
