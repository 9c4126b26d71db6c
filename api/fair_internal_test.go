package api

import (
	"errors"
	"io"
	"net/http"
	"net/netip"
	"strings"
	"testing"

	"golang.org/x/sync/semaphore"
)

func TestWhoAClientIs(t *testing.T) {
	for from, want := range map[string]string{
		"127.0.0.1:80": "127.0.0.1/32", "[::ffff:10.1.2.3]:80": "10.1.2.3/32", "[2001:db8::1]:80": "2001:db8::/64",
		"[2001:db8::ffff:1]:99": "2001:db8::/64", "[fe80::1%eth0]:80": "fe80::/64", "@": "invalid Prefix", "": "invalid Prefix",
	} {
		if got := clientOf(&http.Request{RemoteAddr: from}); got.String() != want {
			t.Errorf("%q is %s, want %s", from, got, want)
		}
	}
}

// Who has nothing under way is not remembered.
func TestClientsAreForgotten(t *testing.T) {
	c := newClients(2)
	one, other := netip.MustParsePrefix("10.0.0.1/32"), netip.MustParsePrefix("10.0.0.2/32")
	for i, want := range []bool{true, true, false} {
		if c.enter(one) != want {
			t.Errorf("place %d of two was given: %t", i+1, !want)
		}
	}
	if !c.enter(other) {
		t.Error("another client found no place")
	}
	c.leave(one)
	if !c.enter(one) {
		t.Error("a place that was left is free")
	}
	c.leave(one)
	c.leave(one)
	c.leave(other)
	if len(c.at) != 0 {
		t.Errorf("%v are remembered", c.at)
	}
}

func TestBodiesTakeTheRoomThatThereIs(t *testing.T) {
	room := semaphore.NewWeighted(10)
	body := func(text string) *metered {
		return &metered{ReadCloser: io.NopCloser(strings.NewReader(text)), room: room}
	}
	first, second := body("seven.."), body("four")
	if _, err := io.ReadAll(first); err != nil {
		t.Fatal(err)
	}
	if _, err := io.ReadAll(second); !errors.Is(err, errNoRoom) {
		t.Fatalf("%v, want that there is no room", err)
	}
	second.release()
	first.release()
	third := body("ten chars.")
	if _, err := io.ReadAll(third); err != nil {
		t.Errorf("%v, and everybody has gone", err)
	}
}
