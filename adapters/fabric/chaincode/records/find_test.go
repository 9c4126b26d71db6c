package records_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/ftagateway/ftagateway/adapters/fabric/chaincode/records"
)

// findAll turns the pages of a lookup.
func (c *channel) findAll(name, value string, limit int) (keys []string) {
	c.t.Helper()
	page := ""
	for range 20 {
		found := decode[records.Found](c.t, c.ask("find", name, value, page, limit))
		if len(found.Keys) > limit && limit > 0 {
			c.t.Fatalf("%d keys on a page of %d", len(found.Keys), limit)
		}
		keys = append(keys, found.Keys...)
		if page = found.Next; page == "" {
			return keys
		}
	}
	c.t.Fatal("pages without end")
	return nil
}

func TestKeysAreFoundOnceInTheOrderInWhichTheyCame(t *testing.T) {
	c := newChannel(t)
	lookups := `[{"name":"lookup","value":"é/1"},{"name":"link","value":"x"}]`
	want := []string{"zebra", "ant", "mule"}
	for _, key := range want {
		wantStatus(t, c.submit("Org1MSP", "append", key, 0, noise, lookups), 200)
	}
	wantStatus(t, c.submit("Org1MSP", "append", "zebra", 1, noise, lookups), 200)
	wantStatus(t, c.submit("Org1MSP", "append", "bee", 0, noise), 200)
	wantStatus(t, c.submit("Org1MSP", "append", "cow", 0, noise, `[{"name":"lookup","value":"é/12"}]`), 200)
	for limit := range 4 {
		if got := c.findAll("lookup", "é/1", limit); !slices.Equal(got, want) {
			t.Errorf("%d a page: %v, want %v", limit, got, want)
		}
	}
	if got := c.findAll("link", "x", 0); !slices.Equal(got, want) {
		t.Errorf("by the second lookup %v, want %v", got, want)
	}
	if got := c.findAll("lookup", "nothing", 0); len(got) != 0 {
		t.Errorf("%v by what nothing was written with", got)
	}
}

func TestALaterVersionMayBringALookup(t *testing.T) {
	c := newChannel(t)
	wantStatus(t, c.submit("Org1MSP", "append", "key", 0, noise, `[{"name":"a","value":"1"}]`), 200)
	wantStatus(t, c.submit("Org1MSP", "append", "key", 1, noise, `[{"name":"b","value":"1"}]`), 200)
	for _, name := range []string{"a", "b"} {
		if got := c.findAll(name, "1", 0); !slices.Equal(got, []string{"key"}) {
			t.Errorf("by %s %v", name, got)
		}
	}
}

// TestAPageIsOfItsOwnLookup: a page token is where a peer's range begins, and must not begin at what was not asked for.
func TestAPageIsOfItsOwnLookup(t *testing.T) {
	c := newChannel(t)
	for i := range 3 {
		wantStatus(t, c.submit("Org1MSP", "append", fmt.Sprint("key", i), 0, noise, `[{"name":"a","value":"1"}]`), 200)
	}
	next := decode[records.Found](t, c.ask("find", "a", "1", "", 1)).Next
	for _, page := range []string{"anything", "\x00head\x00", next} {
		_, r := c.simulate("Org1MSP", "find", "a", "2", page, 1)
		wantStatus(t, r, 400, "page")
	}
}
