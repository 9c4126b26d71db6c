package fabric_test

import (
	"fmt"
	"testing"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// TestNetworkOneKeyInARow appends version after version with no pause: a peer that has not committed the last one yet
// must not be taken for a writer who was first.
func TestNetworkOneKeyInARow(t *testing.T) {
	n, kv := theNetwork(t, "FTA_FABRIC"), newStore(t)
	l, err := n.open(t.Context(), kv.Sub("x"))
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	w := newWrite()
	for i := range 20 {
		w.Expect, w.Body = uint64(i), fmt.Append(nil, "body ", i)
		if r, err := l.Append(t.Context(), w); err != nil || r.State != driver.Finally || r.Version != w.Expect+1 {
			t.Fatalf("version %d: %+v, %v", i+1, r, err)
		}
	}
}
