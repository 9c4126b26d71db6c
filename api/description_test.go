package api_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/go-chi/chi/v5"

	"github.com/ftagateway/ftagateway/adapters/breaker"
	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/api"
	"github.com/ftagateway/ftagateway/gateway"
	"github.com/ftagateway/ftagateway/model/lifecycle"
	"github.com/ftagateway/ftagateway/trust"
)

// description is the OpenAPI document as its readers decode it.
var description = sync.OnceValue(func() *openapi3.T {
	doc, err := openapi3.NewLoader().LoadFromData(api.OpenAPI())
	if err != nil {
		panic(fmt.Sprintf("openapi.json: %v", err))
	}
	return doc
})

// The document keeps its own standard, and its examples keep its schemas.
func TestTheDescriptionIsRight(t *testing.T) {
	doc := description()
	if err := doc.Validate(t.Context()); err != nil {
		t.Fatal(err)
	}
	if !doc.IsOpenAPI31OrLater() {
		t.Errorf("openapi %s, want 3.1", doc.OpenAPI)
	}
}

// operations lists "GET /v1/..." of a document.
func operations(doc *openapi3.T) []string {
	var all []string
	for path, item := range doc.Paths.Map() {
		for method := range item.Operations() {
			all = append(all, method+" "+path)
		}
	}
	slices.Sort(all)
	return all
}

func TestEveryRouteIsDescribedAndEveryDescriptionIsARoute(t *testing.T) {
	var served []string
	err := chi.Walk(newSite(t, options{}).handler.(chi.Routes), func(method, route string, _ http.Handler, _ ...func(http.Handler) http.Handler) error {
		served = append(served, method+" "+strings.Replace(route, "*", "{operation}", 1))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(served)
	if want := operations(description()); !slices.Equal(served, want) {
		t.Errorf("served:\n%s\ndescribed:\n%s", strings.Join(served, "\n"), strings.Join(want, "\n"))
	}
}

// Where this package owns the shape of an answer, the description is closed: a member that is added and not described
// fails every test that sees it.
func TestOurOwnShapesAreClosed(t *testing.T) {
	open := []string{"Record", "Document", "Capability"} // other schemas say what these are
	for name, schema := range description().Components.Schemas {
		if !schema.Value.Type.Is("object") || slices.Contains(open, name) {
			continue
		}
		if a := schema.Value.AdditionalProperties; a.Has == nil || *a.Has {
			t.Errorf("%s is open", name)
		}
	}
}

func TestEverythingIsExplained(t *testing.T) {
	doc := description()
	for name, schema := range doc.Components.Schemas {
		if schema.Value.Description == "" {
			t.Errorf("schema %s says nothing", name)
		}
	}
	for path, item := range doc.Paths.Map() {
		for method, o := range item.Operations() {
			explained(t, method+" "+path, o)
		}
	}
}

func explained(t *testing.T, name string, o *openapi3.Operation) {
	t.Helper()
	if o.OperationID == "" || o.Summary == "" || len(o.Tags) != 1 {
		t.Errorf("%s: id %q, summary %q, tags %v", name, o.OperationID, o.Summary, o.Tags)
	}
	for _, p := range o.Parameters {
		if p.Value.Description == "" {
			t.Errorf("%s: parameter %s says nothing", name, p.Value.Name)
		}
	}
}

// enumOf is what a member of a schema may be.
func enumOf(t *testing.T, doc *openapi3.T, schema, member string) []string {
	t.Helper()
	s := doc.Components.Schemas[schema].Value
	if member != "" {
		s = s.Properties[member].Value
	}
	if s.Items != nil {
		s = s.Items.Value
	}
	var all []string
	for _, v := range s.Enum {
		all = append(all, v.(string))
	}
	slices.Sort(all)
	return all
}

func words[T ~string](all ...T) []string {
	var list []string
	for _, v := range all {
		list = append(list, string(v))
	}
	slices.Sort(list)
	return list
}

func TestWhatIsDescribedIsWhatTheCodeSays(t *testing.T) {
	doc := description()
	for _, c := range []struct {
		schema, member string
		want           []string
	}{
		{"Problem", "type", api.ProblemTypes()},
		{"Check", "name", words(trust.Names()...)},
		{"LedgerState", "require", words(trust.Names()...)},
		{"Check", "outcome", words(trust.Valid, trust.Invalid, trust.Undetermined, trust.NotOffered)},
		{"Verdict", "outcome", words(trust.Valid, trust.Invalid, trust.Undetermined)},
		{"Verdict", "assurance", words(trust.ByIssuer, trust.BySender, trust.ByLedger)},
		{"EntryFile", "entryStatus", words(lifecycle.States(lifecycle.Entry)...)},
		{"LineStatus", "claimStatus", words(append(lifecycle.States(lifecycle.Claim), "noClaim", "awaitingCertificate")...)},
		{"Answer", "state", words(gateway.Current, gateway.Stale)},
		{"Source", "state", words(gateway.Answered, gateway.Absent, gateway.NotGiven, gateway.Unavailable, gateway.NotAsked)},
		{"Finding", "severity", words(lifecycle.Info, lifecycle.Warning)},
		{"SubmissionReceipt", "state", words(driver.Pending, driver.Included, driver.Finally, driver.Rejected, driver.Dropped)},
		{"Breaker", "state", words(breaker.Closed, breaker.HalfOpen, breaker.Open)},
		{"LedgerState", "writeMode", words(driver.WriteCAS, driver.WriteCheckThenWrite, driver.WriteNone)},
		{"LedgerState", "abilities", words(driver.AbilityRead, driver.AbilityVersions, driver.AbilityFind, driver.AbilityChanges,
			driver.AbilityAppend, driver.AbilityProve, driver.AbilityPin)},
		{"DriverCode", "", words(driver.NotFound, driver.Conflict, driver.Invalid, driver.PermissionDenied, driver.Unavailable,
			driver.ResourceExhausted, driver.DeadlineExceeded, driver.Canceled, driver.OutcomeUnknown, driver.NotReady, driver.CursorInvalid,
			driver.TooLarge, driver.Pruned, driver.Unsupported, driver.Corrupt, driver.Unknown)},
	} {
		slices.Sort(c.want)
		if got := enumOf(t, doc, c.schema, c.member); !slices.Equal(got, c.want) {
			t.Errorf("%s.%s is described as %v, and is %v", c.schema, c.member, got, c.want)
		}
	}
}

// The events of the records' own schema are those of the answers.
func TestEventsAreThoseOfRecords(t *testing.T) {
	var all []lifecycle.Event
	for _, m := range []lifecycle.Machine{lifecycle.Entry, lifecycle.Certificate} {
		for _, s := range lifecycle.States(m) {
			for _, e := range lifecycle.Events(m, s) {
				if !slices.Contains(all, e) {
					all = append(all, e)
				}
			}
		}
	}
	if got := enumOf(t, description(), "Answer", "event"); !slices.Equal(got, words(all...)) {
		t.Errorf("described %v, and in the tables are %v", got, words(all...))
	}
}

// Every status that a problem has in the table is described for some operation, or is one that comes before any.
func TestEveryStatusOfAProblemIsDescribed(t *testing.T) {
	doc := description()
	for _, status := range api.ProblemStatuses() {
		if status == http.StatusMethodNotAllowed {
			continue // of a path, and not of an operation
		}
		found := false
		for _, item := range doc.Paths.Map() {
			for _, o := range item.Operations() {
				found = found || o.Responses.Status(status) != nil
			}
		}
		if !found {
			t.Errorf("%d is described nowhere", status)
		}
	}
}
