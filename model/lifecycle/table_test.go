package lifecycle_test

import (
	"flag"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/ftagateway/ftagateway/model/lifecycle"
)

var update = flag.Bool("update", false, "write the tables into README.md")

const readme = "README.md"

// TestReadmeShowsTheTables holds the documentation to the data.
func TestReadmeShowsTheTables(t *testing.T) {
	have, err := os.ReadFile(readme)
	if err != nil {
		t.Fatal(err)
	}
	want := withTables(t, string(have))
	if *update {
		if err := os.WriteFile(readme, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if want != string(have) {
		t.Error("README.md is stale: run go test ./model/lifecycle -update")
	}
}

func withTables(t *testing.T, text string) string {
	t.Helper()
	for _, m := range lifecycle.Machines() {
		var table strings.Builder
		if err := lifecycle.WriteTable(&table, m); err != nil {
			t.Fatal(err)
		}
		between := regexp.MustCompile(fmt.Sprintf(`(?s)(<!-- table %s -->\n).*?(<!-- end -->)`, m))
		if !between.MatchString(text) {
			t.Fatalf("README.md has no place for the table of %s", m)
		}
		text = between.ReplaceAllString(text, "${1}"+table.String()+"${2}")
	}
	return text
}
