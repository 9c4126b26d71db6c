package state_test

import (
	"encoding/json"
	"reflect"
	"testing"

	"github.com/ftagateway/ftagateway/adapters/fabric/state"
)

func TestStatesAreReadByTheirForm(t *testing.T) {
	for _, tc := range []struct {
		form, state string
		want        map[string]string
	}{
		{`"{key}"`, "ABC-1", map[string]string{"{key}": "ABC-1"}},
		{`"{key}"`, "\x00a\x00", nil},
		{`"{key}"`, "", nil},
		{`"entry/{key}/v"`, "entry/1/v", map[string]string{"{key}": "1"}},
		{`"entry/{key}/v"`, "entry//v", nil},
		{`"entry/{key}/v"`, "other/1/v", nil},
		{`["version","{key}","{version}"]`, "\x00version\x00k é\x0001\x00", map[string]string{"{key}": "k é", "{version}": "01"}},
		{`["version","{key}"]`, "\x00head\x00k\x00", nil},
		{`["version","{key}"]`, "\x00version\x00k\x00x\x00", nil},
		{`["version","{key}"]`, "version", nil},
	} {
		var f state.Form
		if err := f.UnmarshalJSON([]byte(tc.form)); err != nil {
			t.Fatal(err)
		}
		if got, ok := f.Read(tc.state); ok != (tc.want != nil) || ok && !reflect.DeepEqual(got, tc.want) {
			t.Errorf("%s of %q: %v, %t", tc.form, tc.state, got, ok)
		}
	}
}

// TestAVersionIsToldWhereTheKeySaysOne: a proof needs it, and a word in its place is none.
func TestAVersionIsToldWhereTheKeySaysOne(t *testing.T) {
	for _, tc := range []struct {
		form, state, key string
		version          uint64
		numbered         bool
	}{
		{`["version","{key}","{version}"]`, "\x00version\x00k\x0000000000000000000012\x00", "k", 12, true},
		{`["version","{key}","{version}"]`, "\x00version\x00k\x00twelve\x00", "k", 0, true},
		{`["version","{key}"]`, "\x00version\x00k\x00", "k", 0, false},
		{`"{key}"`, "k", "k", 0, false},
	} {
		var e state.Entries
		if err := json.Unmarshal([]byte(`{"state":`+tc.form+`}`), &e); err != nil {
			t.Fatal(err)
		}
		key, version, ok := e.Read(tc.state)
		if !ok || key != tc.key || version != tc.version || e.Numbered() != tc.numbered {
			t.Errorf("%s: %q, %d, %t, %t", tc.form, key, version, ok, e.Numbered())
		}
	}
}
