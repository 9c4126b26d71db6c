package ftagateway_test

import (
	"errors"
	"go/build"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/ftagateway/ftagateway"

// layer is a row of the plan of imports: the packages at and below a folder, and which others of this module they may
// import. Tests may import more, but for what is said about gojsonschema. A package belongs to the row with the longest
// folder; a folder always may import what is below itself.
type layer struct {
	folder string
	may    []string // folders; "x/..." stands for everything below x as well
}

// A driver may live in another repository: it knows the driver interface, canonical JSON and keys, and nothing of what
// the bytes mean.
var ofDriver = []string{"schemas", "ld", "trust/did", "trust/proof", "adapters/driver"}

// A decorator knows the driver interface and the form of bytes. Not the model: it would judge what was decoded.
var ofDecorator = []string{"schemas", "ld", "adapters/driver", "adapters/internal/refusal"}

var ofLedger = []string{"schemas", "ld", "model/...", "trust/...", "translate/...", "adapters/driver"}

var layers = []layer{
	{"schemas", nil},
	{"ld", []string{"schemas"}},
	{"trust/did", []string{"schemas", "ld"}},
	{"trust/key", []string{"schemas", "ld", "trust/did"}},
	{"trust/proof", []string{"schemas", "ld", "trust/did", "trust/key"}},
	{"trust/capability", []string{"schemas", "ld", "trust/did", "trust/key", "trust/proof"}},
	{"model", []string{"schemas", "ld", "trust/did", "trust/key", "trust/proof"}},
	{"trust", []string{"schemas", "ld", "model/...", "trust/..."}},
	{"adapters/driver", []string{"ld"}},
	{"translate", []string{"schemas", "ld", "model/...", "adapters/driver"}},
	{"translate/source", nil},
	{"translate/format", []string{"schemas", "ld", "translate/source"}},
	{"translate/shape", []string{"schemas", "ld", "translate/source", "translate/format"}},
	{"adapters/internal", ofDecorator},
	{"adapters/budget", ofDecorator},
	{"adapters/breaker", ofDecorator},
	{"adapters/bulkhead", ofDecorator},
	{"adapters/cache", append([]string{"adapters/metrics"}, ofDecorator...)},
	{"adapters/cache/redis", []string{"adapters/cache", "adapters/driver"}},
	{"adapters/cache/cachetest", []string{"adapters/cache", "adapters/driver"}},
	{"adapters/deadline", ofDecorator},
	{"adapters/disclosure", ofDecorator},
	{"adapters/discretion", ofDecorator},
	{"adapters/flight", ofDecorator},
	{"adapters/health", ofDecorator},
	{"adapters/metrics", ofDecorator},
	{"adapters/rate", ofDecorator},
	{"adapters/retry", ofDecorator},
	{"adapters/tracing", ofDecorator},
	{"adapters/memory", ofDriver},
	{"adapters/webledger", ofDriver},
	{"adapters/ethereum/contract", nil},
	{"adapters/fabric", ofDriver},
	{"adapters/remote", ofDriver},
	// Its configuration is a mapping's ledger section, which tells the nearest right word as the rest of the file does.
	{"adapters/ethereum", append([]string{"translate/source"}, ofDriver...)},
	{"adapters/store", []string{"adapters/driver"}},
	{"adapters", append([]string{"adapters/breaker", "adapters/budget", "adapters/bulkhead", "adapters/cache", "adapters/deadline", "adapters/disclosure",
		"adapters/discretion", "adapters/flight", "adapters/health", "adapters/metrics", "adapters/rate", "adapters/retry", "adapters/tracing"}, ofLedger...)},
	{"evidence", append([]string{"adapters/store"}, ofLedger...)},
	{"conformance", ofDriver},
	{"conformance/attestation", append([]string{"conformance", "trust/key"}, ofDriver...)},
	{"conformance/page", []string{"conformance", "adapters/driver"}},
	{"conformance/gatewaysuite", append([]string{"conformance", "filing", "evidence/...", "adapters/memory", "adapters/remote/..."},
		ofLedger...)},
	{"filing", append([]string{"evidence/..."}, ofLedger...)},
	{"gateway", append([]string{"adapters", "evidence/..."}, ofLedger...)},
	{"gateway/gatewaytest", []string{"..."}},
	{"deploy/ethereum", nil},
	{"deploy/fabric", nil},
	{"api", append([]string{"adapters", "adapters/remote/ledgerhttp", "adapters/remote/protocol", "evidence/...", "gateway/..."}, ofLedger...)},
	{"examples", nil},
	{"cmd", []string{"..."}},
	{".", nil},
}

// TestImportsRunOneWay holds every package to its row. A package without a row has no place in the architecture yet.
func TestImportsRunOneWay(t *testing.T) {
	for _, p := range packages(t) {
		row, ok := rowOf(p.folder)
		if !ok {
			t.Errorf("%s: no row of the plan of imports speaks of it", p.folder)
			continue
		}
		for _, imported := range ours(p.Imports) {
			if !within(imported, row.folder) && !allowed(imported, row.may) {
				t.Errorf("%s imports %s; %s may import only %v", p.folder, imported, row.folder, row.may)
			}
		}
	}
}

// TestWhatIsForTestsIsImportedByTests: a package named for tests may import what it likes, and nothing that runs may
// import it.
func TestWhatIsForTestsIsImportedByTests(t *testing.T) {
	forTests := func(folder string) bool {
		return strings.HasSuffix(folder, "test") || folder == "adapters/internal/probe"
	}
	for _, p := range packages(t) {
		if i := slices.IndexFunc(ours(p.Imports), forTests); i >= 0 && !forTests(p.folder) {
			t.Errorf("%s imports %s, which is for tests", p.folder, ours(p.Imports)[i])
		}
	}
}

// TestOnlySchemasKnowsTheSchemaEngine: it fetches what it does not know, over the network or from files, unless it is
// kept from it, and it is kept from it in one place.
func TestOnlySchemasKnowsTheSchemaEngine(t *testing.T) {
	for _, p := range packages(t) {
		everything := slices.Concat(p.Imports, p.TestImports, p.XTestImports)
		if p.folder != "schemas" && slices.Contains(everything, "github.com/xeipuuv/gojsonschema") {
			t.Errorf("%s imports gojsonschema; only schemas may", p.folder)
		}
	}
}

// TestNoPackageIsNamedForNothing: such a name says that nobody knew whose job it is.
func TestNoPackageIsNamedForNothing(t *testing.T) {
	for _, p := range packages(t) {
		for _, part := range strings.Split(p.folder, "/") {
			for _, empty := range []string{"util", "helper", "common", "manager", "misc", "shared"} {
				if strings.TrimSuffix(part, "s") == empty {
					t.Errorf("%s: %q is no noun of the field", p.folder, part)
				}
			}
		}
	}
}

// TestThePlanCatchesWhatItShould tries the judgement itself on imports that must and must not be.
func TestThePlanCatchesWhatItShould(t *testing.T) {
	for _, c := range []struct {
		folder, imported string
		want             bool
	}{
		{"adapters/memory", "adapters/driver", true},
		{"adapters/memory", "model", false},
		{"adapters/memory", "trust", false},
		{"adapters/webledger/node", "adapters/webledger/protocol", true},
		{"adapters/webledger/node", "gateway", false},
		{"adapters/webledger", "trust", false},
		{"gateway/gatewaytest", "adapters/memory", true},
		{"adapters/disclosure", "model", false},
		{"trust/proof", "model", false},
		{"trust", "adapters", false},
		{"model/lifecycle", "model", true},
		{"model", "adapters/driver", false},
		{"gateway", "api", false},
		{"gateway", "adapters/memory", false},
		{"api", "gateway/witness", true},
		{"cmd/fta", "adapters/memory", true},
	} {
		row, ok := rowOf(c.folder)
		if got := ok && (within(c.imported, row.folder) || allowed(c.imported, row.may)); got != c.want {
			t.Errorf("%s imports %s: allowed is %t, want %t", c.folder, c.imported, got, c.want)
		}
	}
}

func rowOf(folder string) (layer, bool) {
	best, found := layer{}, false
	for _, l := range layers {
		if (within(folder, l.folder) || folder == l.folder) && (!found || len(l.folder) > len(best.folder)) {
			best, found = l, true
		}
	}
	return best, found
}

// within reports whether a folder is another one, or below it.
func within(folder, top string) bool { return folder == top || strings.HasPrefix(folder, top+"/") }

func allowed(imported string, may []string) bool {
	return slices.ContainsFunc(may, func(m string) bool {
		top, below := strings.CutSuffix(m, "...")
		if !below {
			return imported == m
		}
		return top == "" || within(imported, strings.TrimSuffix(top, "/"))
	})
}

// ours gives the folders of those imports that are of this module.
func ours(imports []string) []string {
	var folders []string
	for _, i := range imports {
		if folder, ok := strings.CutPrefix(i, module+"/"); ok {
			folders = append(folders, folder)
		}
	}
	return folders
}

type parsed struct {
	*build.Package
	folder string
}

// packages parses the import clauses of every package here; modules of their own inside the repository are passed over.
func packages(t *testing.T) []parsed {
	t.Helper()
	var all []parsed
	err := filepath.WalkDir(".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || !d.IsDir() {
			return err
		}
		if name != "." && notOurs(name, d.Name()) {
			return fs.SkipDir
		}
		p, err := build.ImportDir(name, 0)
		var none *build.NoGoError
		if errors.As(err, &none) {
			return nil
		}
		all = append(all, parsed{p, path.Clean(filepath.ToSlash(name))})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func notOurs(name, base string) bool {
	if strings.HasPrefix(base, ".") || strings.HasPrefix(base, "_") || base == "testdata" || base == "node_modules" {
		return true
	}
	_, err := os.Stat(filepath.Join(name, "go.mod"))
	return err == nil
}
