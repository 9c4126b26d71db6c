package protocol_test

import (
	"context"
	"fmt"
	"math"
	"net/http"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/remote/protocol"
)

// codes is every code that a driver may answer.
var codes = []driver.Code{driver.NotFound, driver.Conflict, driver.Invalid, driver.PermissionDenied, driver.Unavailable,
	driver.ResourceExhausted, driver.DeadlineExceeded, driver.Canceled, driver.OutcomeUnknown, driver.NotReady,
	driver.CursorInvalid, driver.TooLarge, driver.Pruned, driver.Unsupported, driver.Corrupt, driver.Unknown}

var operations = []protocol.Operation{protocol.OpDescribe, protocol.OpHead, protocol.OpGet, protocol.OpVersions,
	protocol.OpFind, protocol.OpChanges, protocol.OpAppend, protocol.OpReceipt, protocol.OpProve}

// TestEveryCodeArrives from the operations that can know it: as itself, but for what says something else on this side.
func TestEveryCodeArrives(t *testing.T) {
	for _, code := range codes {
		p := protocol.ProblemOf(fmt.Errorf("read: %w", &driver.Error{Code: code, RetryAfter: 1500 * time.Millisecond}))
		if p.Code != code || p.Status < 400 || p.Title == "" || p.RetryAfterMillis != 1500 {
			t.Errorf("%s: %+v", code, p)
		}
		arrived := map[driver.Code]int{}
		for _, op := range operations {
			e := p.Err(op)
			arrived[e.Code]++
			if e.Code != driver.Corrupt && e.RetryAfter != 1500*time.Millisecond {
				t.Errorf("%s: retry after %v", code, e.RetryAfter)
			}
		}
		want := code
		switch code {
		case driver.Canceled:
			want = driver.Unavailable // whoever went away, it was not us
		case driver.Unsupported:
			want = driver.Corrupt // only what is described is asked for
		}
		if arrived[want] == 0 || arrived[want]+arrived[driver.Corrupt] < len(operations) {
			t.Errorf("%s arrives as %v", code, arrived)
		}
	}
}

// TestAnOutageNeverBecomesAnAnswer, whichever operation it is told to.
func TestAnOutageNeverBecomesAnAnswer(t *testing.T) {
	for _, code := range codes {
		before := &driver.Error{Code: code}
		p := protocol.ProblemOf(before)
		for _, op := range operations {
			if driver.IsOutage(before) && !driver.IsOutage(p.Err(op)) {
				t.Errorf("%s becomes %s for %s", code, p.Err(op).Code, op)
			}
		}
	}
	if p := protocol.ProblemOf(context.DeadlineExceeded); p.Code != driver.DeadlineExceeded || p.Status != http.StatusGatewayTimeout {
		t.Errorf("%+v", p)
	}
	if p := protocol.ProblemOf(&driver.Error{Code: "made up"}); p.Code != driver.Unknown {
		t.Errorf("%+v", p)
	}
}

// entry has every field of a driver.Entry set, each to another value.
func entry() *driver.Entry {
	return &driver.Entry{Key: "k\x00<é>", Version: 3, Body: []byte{0, 255, 1}, Deleted: true,
		Author:   driver.Author{Kind: "x509", ID: "id", Evidence: []byte{254}},
		Position: driver.Position{Height: 1 << 52, Index: math.MaxUint32, Tx: "tx", Time: time.Unix(1, 999_999_999).UTC(), Final: true},
		Cursor:   "c.3", Contradiction: "another hash"}
}

// TestNothingIsLostOnTheWire holds each value of a driver against what arrives of it. A field that is added to the driver
// interface and not to the protocol is found here: every field is set.
func TestNothingIsLostOnTheWire(t *testing.T) {
	at := time.Unix(5, 7).UTC()
	block := driver.Block{Height: 9, Hash: "h9", Time: at}
	receipt := &driver.Receipt{Tx: "t", State: driver.Rejected, Key: "k", Version: 4, Reason: "no", Pos: entry().Position, Asked: at}
	write := &driver.Write{Key: "k", Expect: 8, Body: []byte{1}, Lookups: []driver.Lookup{{Name: "n", Value: "v"}}, IdempotencyKey: "i"}
	same(t, entry(), carried(t, protocol.EntryOf(entry())).Driver())
	same(t, &driver.Entry{Key: "k", Version: 1, Position: driver.Position{Time: at}},
		carried(t, protocol.EntryOf(&driver.Entry{Key: "k", Version: 1, Position: driver.Position{Time: at}})).Driver())
	same(t, receipt, carried(t, protocol.ReceiptOf(receipt)).Driver())
	same(t, write, carried(t, protocol.AppendOf(write)).Driver())
	head := driver.Head{ChainID: "c", Newest: block, Final: block, Cursor: "x"}
	if got := carried(t, protocol.HeadOf(head)).Driver(); got != head {
		t.Errorf("%+v became %+v", head, got)
	}
	batch := carried(t, protocol.BatchOf(&driver.Batch{Entries: []*driver.Entry{entry()}, Next: "n", Head: block}))
	if len(batch.Entries) != 1 || batch.Next != "n" || batch.Head.Driver() != block {
		t.Errorf("%+v", batch)
	}
	if empty := carried(t, protocol.BatchOf(&driver.Batch{Next: "n"})); empty.Head != nil || len(empty.Entries) != 0 {
		t.Errorf("%+v", empty)
	}
}

// same compares two values, and makes sure that the first has no field that is not set unless it is an entry of few.
func same[V any](t *testing.T, sent, arrived *V) {
	t.Helper()
	if !reflect.DeepEqual(sent, arrived) {
		t.Errorf("%+v became %+v", sent, arrived)
	}
}

// TestTheTestsAboveSetEveryField, or a new one would be lost in silence.
func TestTheTestsAboveSetEveryField(t *testing.T) {
	v := reflect.ValueOf(*entry())
	for i := range v.NumField() {
		if v.Field(i).IsZero() && v.Type().Field(i).Name != "Seen" { // a cache's own, which no driver sets
			t.Errorf("Entry.%s is not set", v.Type().Field(i).Name)
		}
	}
	for kind, fields := range map[reflect.Type]int{
		reflect.TypeFor[driver.Entry](): 9, reflect.TypeFor[driver.Author](): 3, reflect.TypeFor[driver.Position](): 5,
		reflect.TypeFor[driver.Head](): 4, reflect.TypeFor[driver.Block](): 3, reflect.TypeFor[driver.Batch](): 3,
		reflect.TypeFor[driver.Receipt](): 7, reflect.TypeFor[driver.Write](): 5, reflect.TypeFor[driver.Lookup](): 2,
		reflect.TypeFor[driver.Ref](): 4, reflect.TypeFor[driver.Proof](): 2, reflect.TypeFor[driver.Description](): 12, // of which Unreached is not carried: whoever answers has been reached
	} {
		if n := kind.NumField(); n != fields {
			t.Errorf("%s has %d fields, and the protocol carries %d", kind, n, fields)
		}
	}
}

// carried writes a message and reads it again.
func carried[M any](t *testing.T, sent *M) *M {
	t.Helper()
	text, err := protocol.Encode(sent)
	if err != nil {
		t.Fatal(err)
	}
	arrived := new(M)
	if err := protocol.ReadRequest(text, arrived); err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return arrived
}

func TestDurationsAreBounded(t *testing.T) {
	for _, c := range []struct {
		millis uint64
		want   time.Duration
	}{{0, 0}, {1500, 1500 * time.Millisecond}, {60_000, time.Minute}, {60_001, time.Minute}, {math.MaxUint64, time.Minute}} {
		if got := protocol.Duration(c.millis, time.Minute); got != c.want {
			t.Errorf("%d ms is %v, want %v", c.millis, got, c.want)
		}
	}
	for d, want := range map[time.Duration]uint64{-1: 0, 0: 0, 1: 1, time.Millisecond: 1, time.Second + 1: 1001} {
		if got := protocol.Millis(d); got != want {
			t.Errorf("%v is %d ms, want %d", d, got, want)
		}
	}
}

func TestHops(t *testing.T) {
	for value, want := range map[string]int{"a": 1, "a,b": 2, " a ,b.c:d_e-f ": 2, "a,b,c,d,e,f,g,h": 8,
		"": -1, "a,": -1, "a b": -1, "a,b,c,d,e,f,g,h,i": -1, strings.Repeat("a", 65): -1, "é": -1, "a\r\nb": -1} {
		h, err := protocol.ParseHops([]string{value})
		if (err != nil) != (want < 0) || err == nil && len(h) != want {
			t.Errorf("%q: %v, %v", value, h, err)
		}
	}
	ctx := protocol.WithHop(protocol.WithHop(t.Context(), "a"), "b")
	if again := protocol.WithHop(ctx, "a"); protocol.HopsOf(again).String() != "a, b" {
		t.Errorf("%s", protocol.HopsOf(again))
	}
	one, other := protocol.WithHop(ctx, "c"), protocol.WithHop(ctx, "d")
	if protocol.HopsOf(one).String() != "a, b, c" || protocol.HopsOf(other).String() != "a, b, d" {
		t.Error("two calls share the way of a third")
	}
}

func TestShallow(t *testing.T) {
	nested := func(n int) string { return strings.Repeat(`{"a":[`, n/2) + strings.Repeat(`]}`, n/2) }
	if err := protocol.Shallow([]byte(nested(protocol.MaxDepth))); err != nil {
		t.Error(err)
	}
	if protocol.Shallow([]byte(nested(protocol.MaxDepth+2))) == nil {
		t.Error("taken")
	}
}
