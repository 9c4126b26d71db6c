package clients

import (
	"net/netip"
	"testing"
)

func TestWhoAClientIs(t *testing.T) {
	for from, want := range map[string]string{
		"127.0.0.1:80": "127.0.0.1/32", "[::ffff:10.1.2.3]:80": "10.1.2.3/32", "[2001:db8::1]:80": "2001:db8::/64",
		"[2001:db8::ffff:1]:99": "2001:db8::/64", "[fe80::1%eth0]:80": "fe80::/64", "@": "invalid Prefix", "": "invalid Prefix",
	} {
		if got := Of(from); got.String() != want {
			t.Errorf("%q is %s, want %s", from, got, want)
		}
	}
}

// Who has nothing under way is not remembered.
func TestClientsAreForgotten(t *testing.T) {
	c := New(2)
	one, other := netip.MustParsePrefix("10.0.0.1/32"), netip.MustParsePrefix("10.0.0.2/32")
	for i, want := range []bool{true, true, false} {
		if c.Enter(one) != want {
			t.Errorf("place %d of two was given: %t", i+1, !want)
		}
	}
	if !c.Enter(other) {
		t.Error("another client found no place")
	}
	c.Leave(one)
	if !c.Enter(one) {
		t.Error("a place that was left is free")
	}
	c.Leave(one)
	c.Leave(one)
	c.Leave(other)
	if len(c.at) != 0 {
		t.Errorf("%v are remembered", c.at)
	}
}
