package ftagateway_test

import (
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/ftagateway/ftagateway/api"
)

var requestTable = regexp.MustCompile(`(?s)(<!-- requests -->\n).*?(<!-- end -->)`)

// TestRequestsAreAsTheDescription holds the table of requests in the guide against the OpenAPI document. "-update" writes
// it.
func TestRequestsAreAsTheDescription(t *testing.T) {
	have := pageAt(t, httpGuide).text
	want := requestTable.ReplaceAllString(have, "${1}"+requests(t)+"${2}")
	if have == want {
		return
	}
	if !*update {
		t.Fatalf("%s is stale: run go test . -run Requests -update", httpGuide)
	}
	if err := os.WriteFile(httpGuide, []byte(want), 0o644); err != nil {
		t.Fatal(err)
	}
}

// requests has a row for each request of the OpenAPI document, in its order.
func requests(t *testing.T) string {
	t.Helper()
	var document struct {
		Paths ordered[ordered[struct{ Summary string }]]
	}
	if err := json.Unmarshal(api.OpenAPI(), &document); err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	out.WriteString("| Request | What for |\n|---|---|\n")
	for _, path := range document.Paths {
		for _, method := range path.value {
			if method.value.Summary != "" {
				fmt.Fprintf(&out, "| `%s %s` | %s |\n", strings.ToUpper(method.name), path.name, method.value.Summary)
			}
		}
	}
	return out.String()
}

// ordered is a JSON object whose members are kept in their order.
type ordered[V any] []struct {
	name  string
	value V
}

// UnmarshalJSON leaves out members of other forms than V.
func (o *ordered[V]) UnmarshalJSON(data []byte) error {
	var values map[string]json.RawMessage
	if err := json.Unmarshal(data, &values); err != nil {
		return err
	}
	for _, name := range memberNames(data) {
		var value V
		if json.Unmarshal(values[name], &value) == nil {
			*o = append(*o, struct {
				name  string
				value V
			}{name, value})
		}
	}
	return nil
}

// memberNames lists the names of a JSON object's members as they are written.
func memberNames(data []byte) []string {
	var names []string
	d := json.NewDecoder(strings.NewReader(string(data)))
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return nil
	}
	for d.More() {
		name, err := d.Token()
		if err != nil {
			return names
		}
		names = append(names, fmt.Sprint(name))
		var skipped json.RawMessage
		if d.Decode(&skipped) != nil {
			return names
		}
	}
	return names
}
