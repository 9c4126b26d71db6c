package fabric

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/fabric/state"
)

func TestWithoutALedgerSectionItIsTheReferenceChaincode(t *testing.T) {
	if s, err := parseSchema([]byte(`{"index":["/lookups/*"]}`)); err != nil || s.Lookups == nil {
		t.Fatalf("%+v, %v: that of builtin:record", s, err)
	}
	s, err := parseSchema(nil)
	if err != nil || !s.canWrite() || s.Writes != driver.WriteCAS || !reflect.DeepEqual(s.Entries, *state.Reference()) {
		t.Fatalf("%+v, %v", s, err)
	}
	args, err := s.call(&driver.Write{Key: "k", Expect: 2, Body: []byte{0xff}, Lookups: []driver.Lookup{{Name: "n", Value: "v"}}}, false)
	want := []string{"append", "k", "2", "\xff", `[{"name":"n","value":"v"}]`}
	if err != nil || !slices.EqualFunc(args, want, func(a []byte, b string) bool { return string(a) == b }) {
		t.Errorf("%q, %v", args, err)
	}
	if body := s.Entries.BodyOf([]byte(`{"key":"k","body":"AP8="}`)); string(body) != "\x00\xff" {
		t.Errorf("%q", body)
	}
}

func TestAKeyThatIsFreeIsCreated(t *testing.T) {
	s, err := parseSchema([]byte(`{"entries":{"state":"{key}"},"create":["Lodge","{key}","{body}"],"update":["Amend","{key}","{body}"],"writes":"checkThenWrite"}`))
	if err != nil {
		t.Fatal(err)
	}
	for create, want := range map[bool]string{true: "Lodge", false: "Amend"} {
		if args, _ := s.call(&driver.Write{Key: "k", Body: []byte("b")}, create); string(args[0]) != want {
			t.Errorf("%q, want %s", args, want)
		}
	}
}

func TestLedgerSectionsThatCannotWorkAreTold(t *testing.T) {
	for section, words := range map[string]string{
		`{`:                         "ledger section",
		`{"entry":{}}`:              `"entry"`,
		`{"entries":{}}`:            "entries.state",
		`{"entries":{"state":"k"}}`: "{key}",
		`{"entries":{"state":["version","{version}"]}}`:                                                       "entries.state",
		`{"entries":{"state":"{key}","body":{"encoding":"base64"}}}`:                                          "entries.body",
		`{"entries":{"state":"{key}","body":{"at":"b","encoding":"hex"}}}`:                                    "entries.body",
		`{"entries":{"state":"{key}"},"lookups":{"state":["lookup","{key}"]}}`:                                "lookups.state",
		`{"entries":{"state":"{key}"},"lookups":{"state":"{key}"}}`:                                           "lookups.state",
		`{"entries":{"state":"{key}"},"create":["A","{key}","{body}"],"writes":"cas"}`:                        "update",
		`{"entries":{"state":"{key}"},"create":["A","{key}","{body}"],"update":["B","{key}","{body}"]}`:       "writes",
		`{"entries":{"state":"{key}"},"create":["A","{key}","{body}"],"update":["B","{key}"],"writes":"cas"}`: "{body}",
		`{"entries":{"state":"{key}"},"writes":"cas"}`:                                                        "create",
		`{"entries":{"state":"{key}"},"refusals":[{"code":"conflict"}]}`:                                      "refusals",
		`{"entries":{"state":"{key}"},"refusals":[{"says":"x","code":"wrong"}]}`:                              "refusals",
		`{"entries":{"state":"{key}","more":1}}`:                                                              `"more"`,
	} {
		if _, err := parseSchema([]byte(section)); driver.CodeOf(err) != driver.Invalid || !strings.Contains(err.Error(), words) {
			t.Errorf("%s: %v, want %q", section, err, words)
		}
	}
}

// TestARefusalThatNoRuleKnowsIsAnOutage: it says nothing about the entry.
func TestARefusalThatNoRuleKnowsIsAnOutage(t *testing.T) {
	s := &schema{Refusals: []rule{{Status: 404, Code: driver.NotFound}, {Says: "lodged already", Code: driver.Conflict}, {Status: 500, Says: "closed", Code: driver.Unavailable}}}
	for _, tc := range []struct {
		refusal refusal
		want    driver.Code
	}{
		{refusal{404, "x"}, driver.NotFound},
		{refusal{500, "declaration 1 was lodged already"}, driver.Conflict},
		{refusal{500, "is closed"}, driver.Unavailable},
		{refusal{500, "something"}, driver.Unknown},
	} {
		if got := driver.CodeOf(s.classify(&tc.refusal)); got != tc.want {
			t.Errorf("%+v: %s, want %s", tc.refusal, got, tc.want)
		}
	}
}
