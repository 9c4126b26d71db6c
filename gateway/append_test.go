package gateway_test

import (
	"bytes"
	"encoding/json"
	"math"
	"reflect"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/gateway"
	"github.com/ftagateway/ftagateway/trust"
)

// plainly is what encoding/json makes of an answer.
func plainly(t testing.TB, a gateway.Answer) string {
	t.Helper()
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(a); err != nil {
		t.Fatal(err)
	}
	return string(bytes.TrimSuffix(b.Bytes(), []byte("\n")))
}

func wantAsPlainly(t testing.TB, a gateway.Answer) {
	t.Helper()
	got, err := a.AppendJSON([]byte("before"))
	if want := "before" + plainly(t, a); err != nil || string(got) != want {
		t.Errorf("got %s, %v; want %s", got, err, want)
	}
}

// fill gives every field of a value something, so that none that is added one day is forgotten.
func fill(v reflect.Value) {
	switch {
	case v.Type() == reflect.TypeFor[json.RawMessage]():
		v.SetBytes([]byte(`{"a":["<&>",1.50,null]}`))
	case v.Type() == reflect.TypeFor[time.Time]():
		v.Set(reflect.ValueOf(time.Date(2026, 11, 26, 20, 50, 30, 120_000_000, time.UTC)))
	case v.Kind() == reflect.Struct:
		for i := range v.NumField() {
			if v.Field(i).CanSet() { // others are not answered
				fill(v.Field(i))
			}
		}
	case v.Kind() == reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		fill(v.Index(0)) // the other stays empty
	case v.Kind() == reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem())
	case v.Kind() == reflect.String:
		v.SetString("a text")
	case v.Kind() == reflect.Bool:
		v.SetBool(true)
	case v.CanInt():
		v.SetInt(math.MinInt32)
	case v.CanUint():
		v.SetUint(math.MaxUint64)
	}
}

func TestAnAnswerIsWrittenAsEncodingJSONWritesIt(t *testing.T) {
	var full gateway.Answer
	fill(reflect.ValueOf(&full).Elem())
	wantAsPlainly(t, full)
	wantAsPlainly(t, gateway.Answer{})
	wantAsPlainly(t, gateway.Answer{Verdict: trust.Verdict{Checks: []trust.Check{}}})
	for i := range reflect.TypeFor[gateway.Answer]().NumField() {
		some := full
		if field := reflect.ValueOf(&some).Elem().Field(i); field.CanSet() {
			field.SetZero()
		}
		wantAsPlainly(t, some)
	}
}

func TestATimeThatCannotBeWrittenIsAnErrorAsItIsThere(t *testing.T) {
	var a gateway.Answer
	a.Verdict.AsOf.ChainTime = time.Date(10_000, 1, 1, 0, 0, 0, 0, time.UTC)
	if _, err := json.Marshal(a); err == nil {
		t.Fatal("encoding/json writes it")
	}
	if _, err := a.AppendJSON(nil); err == nil {
		t.Error("written")
	}
}

// What ledgers say stands in ids, events, reasons: any text at all.
func FuzzAnAnswerIsWrittenAsEncodingJSONWritesIt(f *testing.F) {
	for _, s := range []string{"", "plain", "\"\\", "<&>", "\x00\x1f\x7f", "\u2028\u2029", "\xff\xfe", "ü€😀", "a\nb"} {
		f.Add(s, uint64(1), int64(0), true)
	}
	f.Fuzz(func(t *testing.T, s string, n uint64, at int64, is bool) {
		if at < 0 || at > 253402300799 {
			at = 0
		}
		wantAsPlainly(t, gateway.Answer{ID: s, Type: s, Event: s, Version: n, Ledger: s, URI: s, Copy: is, State: gateway.State(s),
			Verdict: trust.Verdict{Outcome: trust.Outcome(s), Checks: []trust.Check{{Name: s, Method: s, Reason: s}}, Mapping: s,
				AsOf: trust.AsOf{Ledger: s, Height: n, ChainTime: time.Unix(at, int64(n%1e9)).UTC(), Final: is}.Aged(time.Time{}, time.Second)}})
	})
}
