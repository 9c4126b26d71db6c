package records_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/hyperledger/fabric-protos-go-apiv2/peer"

	"github.com/ftagateway/ftagateway/adapters/fabric/chaincode/records"
)

// noise is a body that no text encoding survives.
var noise = []byte{0, 0xff, 0xfe, '\n', 0x80}

func decode[T any](t *testing.T, payload []byte) (v T) {
	t.Helper()
	if err := json.Unmarshal(payload, &v); err != nil {
		t.Fatalf("%s: %v", payload, err)
	}
	return v
}

func wantStatus(t *testing.T, r *peer.Response, status int32, words ...string) {
	t.Helper()
	if r.Status != status {
		t.Fatalf("status %d (%s), want %d", r.Status, r.Message, status)
	}
	for _, w := range words {
		if !strings.Contains(r.Message, w) {
			t.Errorf("%q does not say %q", r.Message, w)
		}
	}
}

func TestAVersionIsReadAsItWasWritten(t *testing.T) {
	c := newChannel(t)
	wantStatus(t, c.submit("Org1MSP", "append", "key", 0, noise), 200)
	wantStatus(t, c.submit("Org1MSP", "append", "key", 1, []byte("second")), 200)
	first := decode[records.Version](t, c.ask("get", "key", 1))
	want := records.Version{Key: "key", Number: 1, Tx: "tx1", Time: "2026-11-23T09:00:01.000000000Z", MSP: "Org1MSP", Body: noise}
	if !reflect.DeepEqual(first, want) {
		t.Errorf("%+v, want %+v", first, want)
	}
	for _, args := range [][]any{{"get", "key"}, {"get", "key", 0}, {"get", "key", 2}} {
		if v := decode[records.Version](t, c.ask(args...)); v.Number != 2 || string(v.Body) != "second" {
			t.Errorf("%v: %+v", args, v)
		}
	}
}

func TestWhatWasWrittenIsNeverAltered(t *testing.T) {
	c := newChannel(t)
	for i := range 3 {
		wantStatus(t, c.submit("Org1MSP", "append", "key", i, []byte("body"), `[{"name":"lookup","value":"v"}]`), 200)
	}
	for key, past := range c.states {
		if !strings.Contains(key, "head") && len(past) != 1 {
			t.Errorf("%q was written %d times", key, len(past))
		}
	}
}

func TestOnlyTheNextVersionIsTaken(t *testing.T) {
	c := newChannel(t)
	wantStatus(t, c.submit("Org1MSP", "append", "key", 1, noise), 409, "version 0, not 1")
	wantStatus(t, c.submit("Org1MSP", "append", "key", 0, noise), 200)
	wantStatus(t, c.submit("Org1MSP", "append", "key", 0, noise), 409, "version 1, not 0")
	wantStatus(t, c.submit("Org1MSP", "append", "key", 2, noise), 409)
}

// TestOfTwoWritersOneIsValid: both are endorsed, for both saw the same head; the channel lets one pass.
func TestOfTwoWritersOneIsValid(t *testing.T) {
	c := newChannel(t)
	for _, expect := range []int{0, 1} {
		one, r := c.simulate("Org1MSP", "append", "key", expect, []byte("one"))
		wantStatus(t, r, 200)
		two, r := c.simulate("Org1MSP", "append", "key", expect, []byte("two"))
		wantStatus(t, r, 200)
		if !c.commit(two) || c.commit(one) {
			t.Fatal("not exactly the first to commit is valid")
		}
		if v := decode[records.Version](t, c.ask("get", "key")); string(v.Body) != "two" {
			t.Errorf("%s stands", v.Body)
		}
	}
}

// TestWritersOfDifferentKeysDoNotMeet, not even with a lookup in common.
func TestWritersOfDifferentKeysDoNotMeet(t *testing.T) {
	c := newChannel(t)
	lookups := `[{"name":"lookup","value":"shared"}]`
	one, _ := c.simulate("Org1MSP", "append", "one", 0, noise, lookups)
	two, _ := c.simulate("Org2MSP", "append", "two", 0, noise, lookups)
	if !c.commit(two) || !c.commit(one) {
		t.Error("one of them is not valid")
	}
}

// TestEveryPeerEndorsesTheSame plays a proposal twice: writes, answer and event must be the same bytes.
func TestEveryPeerEndorsesTheSame(t *testing.T) {
	c := newChannel(t)
	one, r1 := c.simulate("Org1MSP", "append", "key", 0, noise, `[{"name":"b","value":"1"},{"name":"a","value":"2"}]`)
	again := *one
	again.reads, again.writes, again.event = map[string]int{}, map[string][]byte{}, nil
	r2 := c.chaincode.Invoke(&again)
	if !bytes.Equal(r1.Payload, r2.Payload) || !reflect.DeepEqual(one.writes, again.writes) || !reflect.DeepEqual(one.event, again.event) {
		t.Errorf("%s and %s", r1.Payload, r2.Payload)
	}
}

func TestAnAppendIsToldAsAnEvent(t *testing.T) {
	s, r := newChannel(t).simulate("Org1MSP", "append", "key", 0, noise)
	want := records.Appended{Key: "key", Number: 1, Tx: s.tx}
	if got := decode[records.Appended](t, s.event.Payload); got != want || s.event.EventName != records.EventName {
		t.Errorf("%s %+v, want %+v", s.event.EventName, got, want)
	}
	if got := decode[records.Appended](t, r.Payload); got != want {
		t.Errorf("the answer is %+v, want %+v", got, want)
	}
}

func TestVersionsComeInPages(t *testing.T) {
	c := newChannel(t)
	for i := range 5 {
		wantStatus(t, c.submit("Org1MSP", "append", "key", i, fmt.Append(nil, i)), 200)
	}
	for _, page := range []struct {
		after, limit int
		want         []uint64
	}{{0, 2, []uint64{1, 2}}, {2, 2, []uint64{3, 4}}, {4, 2, []uint64{5}}, {5, 2, nil}, {9, 2, nil}, {0, 0, []uint64{1, 2, 3, 4, 5}}} {
		var got []uint64
		for _, v := range decode[[]records.Version](t, c.ask("versions", "key", page.after, page.limit)) {
			got = append(got, v.Number)
		}
		if !slices.Equal(got, page.want) {
			t.Errorf("after %d, %d a page: %v, want %v", page.after, page.limit, got, page.want)
		}
	}
}

func TestHistoryIsThePeersOwn(t *testing.T) {
	c := newChannel(t)
	wantStatus(t, c.submit("Org1MSP", "append", "key", 0, noise), 200)
	wantStatus(t, c.submit("Org1MSP", "append", "key", 1, noise), 200)
	want := []records.Step{{Number: 1, Tx: "tx1", Time: "2026-11-23T09:00:01.000000000Z"}, {Number: 2, Tx: "tx2", Time: "2026-11-23T09:00:02.000000000Z"}}
	if got := decode[[]records.Step](t, c.ask("history", "key")); !slices.Equal(got, want) {
		t.Errorf("%+v, want %+v", got, want)
	}
}

func TestAbsentIsSaidSo(t *testing.T) {
	c := newChannel(t)
	wantStatus(t, c.submit("Org1MSP", "append", "key", 0, noise), 200)
	for _, args := range [][]any{{"get", "other"}, {"get", "other", 1}, {"get", "key", 2}, {"versions", "other", 0, 0}, {"history", "other"}} {
		_, r := c.simulate("Org1MSP", args...)
		wantStatus(t, r, 404)
	}
}

func TestWhoMayWrite(t *testing.T) {
	c := newChannel(t, "Org1MSP", "Org3MSP")
	wantStatus(t, c.submit("Org2MSP", "append", "key", 0, noise), 403, "Org2MSP")
	wantStatus(t, c.submit("Org1MSP", "append", "key", 0, noise), 200)
	wantStatus(t, c.submit("Org3MSP", "append", "key", 1, noise), 403, "Org1MSP")
	wantStatus(t, c.submit("Org3MSP", "append", "another", 0, noise), 200)
	_, r := c.simulate("Org2MSP", "get", "key")
	wantStatus(t, r, 200)
}

// TestAPeersFailureIsNoRefusal: a client must be able to tell an outage from an answer.
func TestAPeersFailureIsNoRefusal(t *testing.T) {
	c := newChannel(t)
	c.broken = errors.New("the database is closed")
	for _, args := range [][]any{{"get", "key"}, {"append", "key", 0, noise}, {"versions", "key", 0, 0}} {
		_, r := c.simulate("Org1MSP", args...)
		wantStatus(t, r, 500, "the database is closed")
	}
}
