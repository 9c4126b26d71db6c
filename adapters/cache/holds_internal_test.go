package cache

import (
	"reflect"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// Entries are the same when everything in them is, also what is added to driver.Entry one day; only Seen is told apart.
func TestEntriesAreTheSameInEverything(t *testing.T) {
	whole := func() *driver.Entry {
		return &driver.Entry{
			Key: "a", Version: 1, Body: []byte("b"), Author: driver.Author{Kind: "did", ID: "c", Evidence: []byte("d")},
			Position: driver.Position{Height: 1, Tx: "e", Time: time.Unix(1, 0)}, Cursor: "f",
		}
	}
	utc := whole()
	utc.Time, utc.Seen = utc.Time.UTC(), &driver.Seen{}
	if !same(whole(), whole()) || !same(whole(), utc) || same(nil, whole()) {
		t.Error("the same is not the same, or nothing is")
	}
	for _, place := range places(reflect.TypeFor[driver.Entry](), nil) {
		other := whole()
		alter(t, reflect.ValueOf(other).Elem().FieldByIndex(place))
		if same(whole(), other) || same(other, whole()) {
			t.Errorf("field %v differs, and they are the same", reflect.TypeFor[driver.Entry]().FieldByIndex(place).Name)
		}
	}
}

// places lists the fields of an entry, and of what stands in it.
func places(of reflect.Type, above []int) (all [][]int) {
	for i := range of.NumField() {
		f, at := of.Field(i), append(above[:len(above):len(above)], i)
		switch {
		case f.Name == "Seen":
		case f.Type.Kind() == reflect.Struct && f.Type != reflect.TypeFor[time.Time]():
			all = append(all, places(f.Type, at)...)
		default:
			all = append(all, at)
		}
	}
	return all
}

func alter(t *testing.T, v reflect.Value) {
	t.Helper()
	switch v.Kind() {
	case reflect.String:
		v.SetString(v.String() + "x")
	case reflect.Uint64, reflect.Uint32:
		v.SetUint(v.Uint() + 1)
	case reflect.Bool:
		v.SetBool(!v.Bool())
	case reflect.Slice:
		v.SetBytes(append(v.Bytes(), 'x'))
	case reflect.Struct:
		v.Set(reflect.ValueOf(time.Unix(2, 0)))
	default:
		t.Fatalf("a field of kind %s", v.Kind())
	}
}
