package faultmatrix_test

import (
	"testing"

	"github.com/ftagateway/ftagateway/adapters"
	"github.com/ftagateway/ftagateway/conformance/wire"
)

// row is a driver before a node. Its cells share the node, and nothing else.
type row struct {
	driver string
	// reach opens what a cell reaches the node by.
	reach func(t *testing.T) reach
}

// reach is how a cell reaches a node: the ledger's configuration, and what stands on the way. Every cell has its own.
type reach struct {
	config adapters.Config // through the wire
	direct adapters.Config // past it
	env    adapters.Env    // for each of the two, with a store of its own
	// breaks puts a fault into the way; nil: this row has no wire.
	wires []*wire.Wire
	liar  *liar
	lies  map[string]lie
	// detours are where the wires lead to under a fault: the i-th wire to the host and port that is answered.
	detours map[string]func(i int) string
	nodes   []string // where they lead to else
	several bool     // nodes of one chain, of which each gateway may ask another, and one may be late
	acme    *acme    // writes to the ledger, where the gateway only reads; nil: what stands there was submitted
	// unlike says why a fault has no cell in this row.
	unlike map[string]string
}

// overHTTP lays a wire and sets a liar before a node at a host and port. configure makes the configuration of whoever
// reaches it by a URL.
func overHTTP(t *testing.T, node string, configure func(url string) adapters.Config) reach {
	t.Helper()
	l := newLiar(t, node)
	w := lay(t, l.address())
	return reach{config: configure("http://" + w.Address()), direct: configure("http://" + node), wires: []*wire.Wire{w}, liar: l}
}

func lay(t *testing.T, to string) *wire.Wire {
	t.Helper()
	w, err := wire.Open(to)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(w.Close)
	return w
}

// begin puts a fault in.
func (r reach) begin(t *testing.T, f fault) {
	t.Helper()
	if f.lie && r.liar != nil {
		r.liar.tell(r.lies[f.name])
	}
	for i, w := range r.wires {
		var err error
		if detour := r.detours[f.name]; detour != nil {
			err = w.Lead(detour(i))
		} else if f.wire != "" {
			err = w.Break(f.wire)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// end takes it away.
func (r reach) end(t *testing.T, f fault) {
	t.Helper()
	if r.liar != nil {
		r.liar.tell(nil)
	}
	if r.lies[f.name] != nil && r.liar.lied.Load() == 0 {
		t.Error("nobody was lied to: the cell shows nothing")
	}
	for i, w := range r.wires {
		err := w.Mend()
		if r.detours[f.name] != nil {
			err = w.Lead(r.nodes[i])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// without says why a fault has no cell here; empty: it has.
func (r reach) without(f fault) string {
	switch {
	case f.gone != "" && withoutRedis() != "":
		return withoutRedis()
	case r.unlike[f.name] != "":
		return r.unlike[f.name]
	case f.wire != "" && len(r.wires) == 0:
		return "no wire"
	case f.lie && r.lies[f.name] == nil && r.detours[f.name] == nil:
		return "nothing on the way that could say it"
	}
	return ""
}
