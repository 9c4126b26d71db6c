package api

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/gateway"
	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/trust"
)

func TestTagsAreComparedAsTheStandardSays(t *testing.T) {
	const tag = `W/"abc"`
	for field, want := range map[string]bool{
		"": false, "*": true, ` * `: true, `"abc"`: true, `W/"abc"`: true, `"x", W/"abc"`: true, `"x",,"abc"`: true, `"a,b" , "abc"`: true,
		`"x"`: false, `abc`: false, `W/abc`: false, `"abc`: false, `w/"abc"`: false, `"x" "abc"`: false, `"x"; "abc"`: false, `"ab"c"`: false,
	} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.Header.Set("If-None-Match", field)
		if got := holds(r, tag); got != want {
			t.Errorf("If-None-Match %q has %s: %t, want %t", field, tag, got, want)
		}
	}
	r := httptest.NewRequest(http.MethodGet, "/", nil)
	r.Header["If-None-Match"] = []string{`"x"`, `"abc"`}
	if !holds(r, tag) {
		t.Error("two fields are one list")
	}
}

func FuzzTags(f *testing.F) {
	for _, s := range []string{`"a", W/"b"`, `*`, `"`, `W/`, `"a""b"`, ",,,"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, field string) {
		r := &http.Request{Header: http.Header{"If-None-Match": {field}}}
		if holds(r, `W/"right"`) && !strings.Contains(field, `"right"`) && strings.TrimSpace(field) != "*" {
			t.Errorf("%q has a tag that is not in it", field)
		}
	})
}

// Every member of an answer changes its tag, but those that are listed here: one that is added one day does too.
func TestEveryMemberIsInTheTagButWhatMovesOn(t *testing.T) {
	moves := []string{"Verdict.AsOf.Height", "Verdict.AsOf.ChainTime", "Verdict.AsOf.Age"}
	before := tagOf(mediaJSON, gateway.Answer{})
	for _, name := range membersOf(reflect.TypeFor[gateway.Answer](), "") {
		var a gateway.Answer
		set(reflect.ValueOf(&a).Elem(), name)
		changed := tagOf(mediaJSON, a) != before
		if moved := contains(moves, name); changed == moved {
			t.Errorf("%s: the tag changed %t", name, changed)
		}
	}
}

func contains(all []string, name string) bool {
	for _, s := range all {
		if s == name {
			return true
		}
	}
	return false
}

// membersOf lists the members of a struct that are answered, and those of the structs in it.
func membersOf(t reflect.Type, under string) (all []string) {
	for _, f := range reflect.VisibleFields(t) {
		if !f.IsExported() || f.Tag.Get("json") == "-" {
			continue
		}
		if f.Type.Kind() == reflect.Struct && f.Type != reflect.TypeFor[time.Time]() {
			all = append(all, membersOf(f.Type, under+f.Name+".")...)
			continue
		}
		all = append(all, under+f.Name)
	}
	return all
}

// set gives a member some value other than none.
func set(v reflect.Value, path string) {
	for name := range strings.SplitSeq(path, ".") {
		v = v.FieldByName(name)
	}
	switch v.Interface().(type) {
	case json.RawMessage:
		v.Set(reflect.ValueOf(json.RawMessage(`{}`)))
	case time.Time:
		v.Set(reflect.ValueOf(time.Now()))
	case *int64:
		v.Set(reflect.ValueOf(new(int64)))
	case []trust.Check:
		v.Set(reflect.ValueOf([]trust.Check{{}}))
	case []model.Finding:
		v.Set(reflect.ValueOf([]model.Finding{{}}))
	default:
		simple(v)
	}
}

func simple(v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		v.SetString("x")
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Uint64:
		v.SetUint(7)
	default:
		panic("a member of a kind that this test does not know: " + v.Type().String())
	}
}
