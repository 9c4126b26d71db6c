package gatewaytest

import (
	"github.com/ftagateway/ftagateway/adapters"
	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/gateway"
)

// Reader is how a second gateway reads a ledger.
type Reader struct {
	adapters.Config
	Chain  driver.Ledger // nil: it is opened by the URL
	Mirror bool
}

// Second is another gateway of customs', which knows the same people, has seen and kept nothing yet, and reads ledgers
// in its own way. The ledger cbp is customs' own. Drivers are opened by whoever imports them.
func (w *World) Second(readers ...Reader) *gateway.Gateway {
	w.t.Helper()
	var members []gateway.Member
	for _, r := range readers {
		l := must(r.open(w))(w.t)
		w.t.Cleanup(func() { _ = l.Close() })
		members = append(members, gateway.Member{Ledger: l, Customs: r.Slug == "cbp", Mirror: r.Mirror})
	}
	return w.over(members)
}

func (r Reader) open(w *World) (*adapters.Ledger, error) {
	if r.Chain != nil {
		return adapters.New(r.Chain, r.Config, adapters.Env{})
	}
	return adapters.Open(w.Context(), r.Config, adapters.Env{})
}
