package ethereum_test

import (
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// TestAnotherChainThanTheURLSays: the ledger opens, says why it cannot be asked, and works when the endpoint is right.
func TestAnotherChainThanTheURLSays(t *testing.T) {
	c, _ := twoVersions(t)
	w := newWire(t, c.url)
	w.bend(only("eth_chainId", func(_ call, a *answer) { a.set("0x1") }))
	l := c.reader(at(w.URL, "&chain=1337"), c.contract, `, "finality": "latest"`)
	if uri := l.Describe().URI; uri != "" {
		t.Errorf("URI %q of a chain that is not the ledger's", uri)
	}
	for name, read := range reads {
		got, err := read(within(t), l)
		if name != "Receipt" && (driver.CodeOf(err) != driver.Unavailable || !strings.Contains(err.Error(), "the URL says chain 1337, the endpoints say 1")) {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
	w.bend(nil)
	wantBody(t, l, "a", "second", 2)
	if uri, want := l.Describe().URI, "eip155:1337:"+strings.ToLower(c.contract.Hex()); uri != want {
		t.Errorf("URI %q, want %q", uri, want)
	}
}

// TestAnotherChainThanBefore: the store knows on which chain the ledger was. The endpoint of another one is an outage,
// also where it has the same number, and what was indexed stays.
func TestAnotherChainThanBefore(t *testing.T) {
	c, _ := twoVersions(t)
	other := newChain(t, 2000)
	other.contract = other.reference()
	if other.contract != c.contract {
		t.Fatal("the contracts have different addresses")
	}
	w, kv := newWire(t, c.url), newStore(t)
	native := reference(c.contract, `, "finality": "latest"`)
	l := open(t, via(w.URL), driver.Env{Native: native, Store: kv})
	wantBody(t, l, "a", "second", 2)
	h, err := l.Head(within(t))
	if err != nil {
		t.Fatal(err)
	}
	for name, l := range map[string]func() driver.Ledger{
		"while it is open": func() driver.Ledger { return l },
		"opened again":     func() driver.Ledger { return open(t, via(w.URL), driver.Env{Native: native, Store: kv}) },
	} {
		w.leads(other.url)
		l := l()
		_, err := l.Get(within(t), driver.Ref{Key: key32("a")})
		if driver.CodeOf(err) != driver.Unavailable || !strings.Contains(err.Error(), "another chain") {
			t.Errorf("%s: %v", name, err)
		}
		_, err = l.Changes(within(t), h.Cursor, 0, 0)
		wantCode(t, err, driver.Unavailable) // the cursor is good, and a follower keeps it
		w.leads(c.url)
		wantBody(t, l, "a", "second", 2)
		if _, err := l.Changes(within(t), h.Cursor, 0, 0); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestNoCodeAtTheAddress is never "not found": the ledger is not ready, and says why; it works when the contract is there.
func TestNoCodeAtTheAddress(t *testing.T) {
	c, _ := twoVersions(t)
	nobody := c.reader(via(c.url), common.HexToAddress("0x1234"), `, "finality": "latest"`)
	w := newWire(t, c.url)
	w.bend(only("eth_getCode", func(_ call, a *answer) { a.set("0x") }))
	l := c.reader(via(w.URL), c.contract, `, "finality": "latest"`)
	for name, read := range reads {
		for _, l := range []driver.Ledger{nobody, l} {
			if got, err := read(within(t), l); name != "Receipt" && (driver.CodeOf(err) != driver.NotReady || !strings.Contains(err.Error(), "no contract at 0x")) {
				t.Errorf("%s: %q, %v; want not-ready", name, got, err)
			}
		}
	}
	w.bend(nil)
	wantBody(t, l, "a", "second", 2)
}

// TestAChainThatWasMadeAnew from the same genesis block has no contract yet. That is no absence of what the contract held.
func TestAChainThatWasMadeAnew(t *testing.T) {
	c := newChain(t, 1000)
	c.contract = c.reference()
	l := open(t, via(c.url), driver.Env{Native: c.events()})
	c.send(&c.contract, appended("a", 0, "first"))
	wantBody(t, l, "a", "first", 1)
	c.forked(0, 5, nil)
	for range 2 {
		_, err := l.Get(within(t), driver.Ref{Key: key32("a")})
		wantCode(t, err, driver.NotReady)
	}
	c.contract = c.reference()
	c.send(&c.contract, appended("a", 0, "again"))
	wantBody(t, l, "a", "again", 1)
}

// TestWhatIsInAnAddressIsNotTold: addresses of hosts often hold a key, which no error and no log may show.
func TestWhatIsInAnAddressIsNotTold(t *testing.T) {
	const secret = "7f3c9a1e5d"
	for _, endpoint := range []string{"http://127.0.0.1:1/v3/" + secret, "http://user:" + secret + "@127.0.0.1:1", "ws://127.0.0.1:1/v3/" + secret} {
		var log journal
		l := open(t, at(endpoint, ""), driver.Env{Native: reference(common.Address{1}, ""), Log: log.log()})
		_, err := l.Head(within(t))
		if err == nil || strings.Contains(err.Error(), secret) || log.says(secret) {
			t.Errorf("%s: %v", endpoint, err)
		}
		_, err = driver.Open(within(t), at(endpoint, "&quorum=7"), driver.Env{Native: reference(common.Address{1}, ""), Store: newStore(t)})
		if err == nil || strings.Contains(err.Error(), secret) {
			t.Errorf("%s: %v", endpoint, err)
		}
	}
}
