package translate_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/ftagateway/ftagateway/translate"
)

func TestInitBeginsAMappingThatLoads(t *testing.T) {
	files := fstest.MapFS{
		"a.json": {Data: []byte(`{"entry_number":"ABC12345676","status":"FILED","when":{"import_date":"20261117"},"items":[{"a":1}],"boxes":[{"in":[1]}],"010":1}`)},
		"b.json": {Data: []byte(`{"status":"OK","flag":true,"a: b # c":"x","none":null}`)},
	}
	file, err := translate.Init(files, []string{"a.json", "b.json"}, "acme: entries", "EntrySummary")
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`{native: "/entry_number"} # text; perhaps model: /subject/entryNumber`,
		`{native: "/when/import_date"} # text; perhaps model: /subject/importDate`,
		`{native: "/items"} # a list, of 1 here; pair its items by each: native /a` + "\n",
		`{native: "/boxes"} # a list, of 1 here; within its items are lists, which cannot be flattened: /in` + "\n", `{native: "/flag"} # true or false`,
		"direction: read", "# keyAt: /number", "What EntrySummary must have", "#   /event ", "without it a withdrawal is not seen", "#   /issued ", "(advised)", "/subject/lines/*/hts ", "/subject/importerOfRecord/name ", "  date\n",
	} {
		if !strings.Contains(string(file), want) {
			t.Errorf("no %s in\n%s", want, file)
		}
	}
	files["acme.yaml"] = &fstest.MapFile{Data: file}
	m, err := translate.Load(files, "acme.yaml", translate.Options{})
	if err != nil {
		t.Fatalf("%v\n%s", err, file)
	}
	// Nothing is paired with the model yet, and each example says so.
	if r := translate.Test(m); r.OK() || len(r.Examples) != 2 || len(r.Failures) != 1 || !strings.Contains(r.String(), "no pair has a model path") ||
		!strings.Contains(r.String(), "/subject/lines/*/hts") {
		t.Errorf("%v", r)
	}
}

// What is required of every type is told whole where it is begun, and is what its schema requires.
func TestInitTellsAllThatIsRequired(t *testing.T) {
	files := fstest.MapFS{"a.json": {Data: []byte(`{"a":1}`)}}
	for gives, want := range map[string][]string{
		"CertificateOfOrigin": {"/subject/agreement  ", "one of NAFTA, USMCA, CAFTA-DR", "/subject/exporter ", "with parties or statement", "/subject/goods/*/number ", "a whole number",
			"/subject/certification ", "true\n"},
		"EntryDisposition": {"/subject/"},
		"Record":           {"/proof/proofValue", "/evidence/*/digest"},
	} {
		file, err := translate.Init(files, []string{"a.json"}, "acme", gives)
		if err != nil {
			t.Fatal(err)
		}
		for _, says := range want {
			if !strings.Contains(string(file), says) {
				t.Errorf("%s: no %q in\n%s", gives, says, file)
			}
		}
		if reads := strings.Contains(string(file), "direction: read"); reads != (gives != "Record") {
			t.Errorf("%s: direction: read is %v", gives, reads)
		}
	}
}

// A mapping that gives nothing of the document that its type is about says that this is meant, or fails.
func TestAMappingWithoutItsDocumentSaysSo(t *testing.T) {
	for name, c := range map[string]struct{ more, says string }{
		"nothing of it":        {"", "model /subject, native -: must be given: it is the EntrySummary itself"},
		"which is meant":       {"lacks: [/subject]\n", ""},
		"only looked at":       {"  - cases: [{when: {model: {at: /subject/entryType, is: \"01\"}, native: {at: /t, is: 1}}, shape: [{native: /t, const: 1}]}, {shape: []}]\n", "must be given"},
		"everything at a time": {"  - {model: /subject, native: /document}\n", ""},
	} {
		file := head + "  - {model: /event, native: /s}\n" + c.more + "examples: [{native: {s: file}}]\n"
		m, err := translate.Parse("acme.yaml", []byte(file), translate.Options{})
		if err != nil {
			t.Fatal(name, err)
		}
		if r := translate.Test(m); r.OK() != (c.says == "") || !strings.Contains(r.String(), c.says) {
			t.Errorf("%s: %v", name, r)
		}
	}
}

// A mapping that tells no step loads, and says that this is meant, or fails: what was withdrawn would stand.
func TestAMappingWithoutAStepSaysSo(t *testing.T) {
	for name, c := range map[string]struct{ more, says string }{
		"no step":         {"", "model /event, native -: must be given: it is the step that was taken"},
		"which is meant":  {"lacks: [/event]\n", ""},
		"a step by cases": {"  - cases: [{shape: [{model: /event, native: /s}]}]\n", ""},
	} {
		file := head + "  - {model: /subject, native: /document}\n" + c.more + "examples: [{native: {s: file, document: {}}}]\n"
		m, err := translate.Parse("acme.yaml", []byte(file), translate.Options{})
		if err != nil {
			t.Fatal(name, err)
		}
		r := translate.Test(m)
		if (len(r.Failures) == 0) != (c.says == "") || !strings.Contains(r.String(), c.says) || c.says != "" && !strings.Contains(r.String(), "a withdrawal is not seen") {
			t.Errorf("%s: %v", name, r)
		}
	}
}

// For records, loading what was begun says what is still missing.
func TestInitForRecordsSaysWhatIsMissing(t *testing.T) {
	files := fstest.MapFS{"a.json": {Data: []byte(`{"issuer":"did:key:x"}`)}}
	file, err := translate.Init(files, []string{"a.json"}, "acme", "Record")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := translate.Parse("acme.yaml", file, translate.Options{}); err == nil || !strings.HasPrefix(err.Error(), "acme.yaml:") {
		t.Errorf("%v", err)
	}
}

func TestInitRefuses(t *testing.T) {
	files := fstest.MapFS{"a.json": {Data: []byte(`{}`)}, "bad.json": {Data: []byte(`[`)}}
	for name, c := range map[string]struct {
		samples []string
		gives   string
	}{
		"no samples":                 {nil, "Record"},
		"a sample that is not there": {[]string{"x.json"}, "Record"},
		"a sample that is no JSON":   {[]string{"bad.json"}, "Record"},
		"a way out of the folder":    {[]string{"../a.json"}, "Record"},
		"a type that there is not":   {[]string{"a.json"}, "Invoice"},
	} {
		if _, err := translate.Init(files, c.samples, "acme", c.gives); err == nil {
			t.Errorf("%s: taken", name)
		}
	}
}

func TestExamplesAreReadBesideTheMappingOnly(t *testing.T) {
	files := fstest.MapFS{
		"maps/acme.yaml": {Data: []byte(head + "  - {model: /event, native: /s}\nlacks: [/subject]\nexamples:\n  - {nativeFile: none.json}\n  - {nativeFile: ok.json, model: {event: refile}}\n  - {nativeFile: ok.json, model: {event: file}}\n")},
		"maps/ok.json":   {Data: []byte(`{"s":"file"}`)},
	}
	m, err := translate.Load(files, "maps/acme.yaml", translate.Options{})
	if err != nil {
		t.Fatal(err)
	}
	r := translate.Test(m)
	if len(r.Examples) != 3 || len(r.Examples[0].Failures) == 0 || len(r.Examples[2].Failures) > 0 {
		t.Fatal(r)
	}
	f := r.Examples[1].Failures
	if len(f) != 1 || f[0].Model != "/event" || f[0].Native != "/s" || f[0].Line != 5 || f[0].Value != "file" {
		t.Errorf("%+v", f)
	}
	if !strings.Contains(r.String(), `acme.yaml:5: model /event, native /s: must be what the example states, not "file"`) {
		t.Error(r)
	}
	if r := translate.Test(builtin(t)); r.OK() {
		t.Error("a mapping without examples passed")
	}
}
