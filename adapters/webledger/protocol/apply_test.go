package protocol_test

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/ftagateway/ftagateway/adapters/webledger/protocol"
	"github.com/ftagateway/ftagateway/ld"
)

func step(op, path string, value ...any) ld.Object {
	st := ld.Object{"op": op, "path": path}
	if len(value) > 0 {
		st["value"] = value[0]
	}
	return st
}

// patching makes an unsigned update, as one that stands in somebody's block.
func patching(t testing.TB, sequence int, steps ...any) *protocol.Operation {
	t.Helper()
	text, err := ld.JCS(ld.Object{
		"@context": protocol.ContextV1, "type": protocol.TypeUpdate, "recordPatch": ld.Object{
			"@context": []any{protocol.PatchContextV1, "urn:c:1"}, "target": "urn:uuid:1", "sequence": float64(sequence), "patch": steps,
		}})
	if err != nil {
		t.Fatal(err)
	}
	op, err := protocol.ParseOperation(text)
	if err != nil {
		t.Fatal(err)
	}
	return op
}

func standing(record string, sequence uint64) *protocol.Standing {
	return &protocol.Standing{ID: "urn:uuid:1", Record: []byte(record), Sequence: sequence}
}

const old = `{"a":[1,2],"b":{"c":null},"id":"urn:uuid:1"}`

func TestApply(t *testing.T) {
	for name, test := range map[string]struct {
		now    *protocol.Standing
		op     *protocol.Operation
		record string // afterwards; "" for none
		reason protocol.Reason
	}{
		"create":                    {nil, create(t, ld.Object{"id": "urn:uuid:1", "b": 1.0, "a": "x"}), `{"a":"x","b":1,"id":"urn:uuid:1"}`, ""},
		"create what exists":        {standing(old, 4), create(t, ld.Object{"id": "urn:uuid:1"}), old, protocol.ReasonExists},
		"update what is absent":     {nil, patching(t, 0), "", protocol.ReasonAbsent},
		"update":                    {standing(old, 4), patching(t, 4, step("replace", "/a", "x"), step("remove", "/b")), `{"a":"x","id":"urn:uuid:1"}`, ""},
		"update that says the same": {standing(old, 4), patching(t, 4), old, ""},
		"update inside an array":    {standing(old, 4), patching(t, 4, step("add", "/a/-", 3.0), step("add", "/a/0", 0.0)), `{"a":[0,1,2,3],"b":{"c":null},"id":"urn:uuid:1"}`, ""},
		"update after a true test":  {standing(old, 4), patching(t, 4, step("test", "/b", ld.Object{"c": nil}), step("remove", "/b")), `{"a":[1,2],"id":"urn:uuid:1"}`, ""},
		"an earlier sequence":       {standing(old, 4), patching(t, 3, step("remove", "/a")), old, protocol.ReasonSequence},
		"a later sequence":          {standing(old, 4), patching(t, 5, step("remove", "/a")), old, protocol.ReasonSequence},
		"a false test":              {standing(old, 4), patching(t, 4, step("remove", "/a"), step("test", "/b", 1.0)), old, protocol.ReasonPatch},
		"replace what is absent":    {standing(old, 4), patching(t, 4, step("replace", "/z", 1.0)), old, protocol.ReasonPatch},
		"remove what is absent":     {standing(old, 4), patching(t, 4, step("remove", "/z")), old, protocol.ReasonPatch},
		"add below what is absent":  {standing(old, 4), patching(t, 4, step("add", "/z/y", 1.0)), old, protocol.ReasonPatch},
		"an index from the end":     {standing(old, 4), patching(t, 4, step("add", "/a/-1", 1.0)), old, protocol.ReasonPatch},
		"an index too far":          {standing(old, 4), patching(t, 4, step("add", "/a/99999999", 1.0)), old, protocol.ReasonPatch},
		"below null":                {standing(old, 4), patching(t, 4, step("add", "/b/c/d", 1.0)), old, protocol.ReasonPatch},
		"below a number":            {standing(old, 4), patching(t, 4, step("add", "/a/0/d", 1.0)), old, protocol.ReasonPatch},
		"another id":                {standing(old, 4), patching(t, 4, step("replace", "/id", "urn:uuid:2")), old, protocol.ReasonID},
		"no id":                     {standing(old, 4), patching(t, 4, step("remove", "/id")), old, protocol.ReasonID},
		"too deep": {standing(old, 4), patching(t, 4, step("add", "/b/c", nested(12)), step("add", "/b/c"+strings.Repeat("/0", 11)+"/0", nested(12)),
			step("add", "/b/c"+strings.Repeat("/0", 23)+"/0", nested(12))), old, protocol.ReasonPatch},
	} {
		after, reason := protocol.Apply(test.now, test.op)
		if reason != test.reason || text(after) != test.record {
			t.Errorf("%s: %s (%s), want %s (%s)", name, text(after), reason, test.record, test.reason)
		}
		if moved := after != nil && test.now != nil && after.Sequence != test.now.Sequence; moved != (reason == "" && test.now != nil) {
			t.Errorf("%s: sequence went to %d", name, after.Sequence)
		}
	}
}

func text(st *protocol.Standing) string {
	if st == nil {
		return ""
	}
	return string(st.Record)
}

// nested is n arrays in one another.
func nested(n int) []any {
	inner := []any{}
	for range n - 1 {
		inner = []any{inner}
	}
	return inner
}

func TestPatchesCannotGrowARecordBeyondItsBound(t *testing.T) {
	now, big := standing(`{"id":"urn:uuid:1"}`, 0), strings.Repeat("x", protocol.MaxRecord/2)
	reason := protocol.ReasonNone
	for i := 0; reason == protocol.ReasonNone && i < 4; i++ {
		now, reason = protocol.Apply(now, patching(t, i, step("add", fmt.Sprintf("/m%d", i), big)))
	}
	if reason == protocol.ReasonNone || len(now.Record) > protocol.MaxRecord || now.Sequence != 1 {
		t.Errorf("%d bytes at sequence %d: %q", len(now.Record), now.Sequence, reason)
	}
}

func TestPatchWorkIsBounded(t *testing.T) {
	now := standing(`{"a":"`+strings.Repeat("x", protocol.MaxRecord/2)+`","id":"urn:uuid:1"}`, 0)
	var steps []any
	for range protocol.MaxSteps {
		steps = append(steps, step("test", "/b", nil))
	}
	if _, reason := protocol.Apply(now, patching(t, 0, steps...)); reason != protocol.ReasonPatch {
		t.Errorf("a thousand steps over half a megabyte: %q", reason)
	}
}

func TestDiffLeadsFromOneRecordToTheOther(t *testing.T) {
	value := rapid.OneOf(rapid.Just[any](nil), rapid.Map(rapid.String(), func(s string) any { return s }),
		rapid.Map(rapid.Float64Range(-1e9, 1e9), func(f float64) any { return f }),
		rapid.Map(rapid.SliceOfN(rapid.Bool(), 0, 3), func(bs []bool) any {
			list := []any{}
			for _, b := range bs {
				list = append(list, ld.Object{"~/": b})
			}
			return list
		}))
	record := rapid.Custom(func(r *rapid.T) ld.Object {
		obj := rapid.MapOfN(rapid.SampledFrom([]string{"a", "b", "c/d", "e~f", "", "é"}), value, 0, 6).Draw(r, "members")
		obj["id"] = "urn:uuid:1"
		return obj
	})
	rapid.Check(t, func(r *rapid.T) {
		from, to := record.Draw(r, "from"), record.Draw(r, "to")
		want, err := ld.JCS(to)
		if err != nil {
			r.Fatal(err)
		}
		first, _ := protocol.Apply(nil, create(t, from))
		second, reason := protocol.Apply(first, update(t, from, to, 0))
		if reason != protocol.ReasonNone || string(second.Record) != string(want) || second.Sequence != 1 {
			r.Fatalf("%s (%s), want %s", text(second), reason, want)
		}
	})
}

func TestDiffNamesOnlyWhatChanged(t *testing.T) {
	from := ld.Object{"id": "urn:uuid:1", "same": []any{1.0}, "old": 1.0, "other": 1.0}
	steps, err := protocol.Diff(from, ld.Object{"id": "urn:uuid:1", "same": []any{1.0}, "other": 2.0, "new": 1.0})
	if got := fmt.Sprint(steps); err != nil || got != "[{add /new 1} {remove /old <nil>} {replace /other 2}]" {
		t.Errorf("%s: %v", got, err)
	}
	if _, err := protocol.Diff(from, ld.Object{"id": "urn:uuid:2"}); err == nil {
		t.Error("a diff that changes the id")
	}
}
