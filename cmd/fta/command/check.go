package command

import (
	"cmp"
	"fmt"
	"maps"
	"net/url"
	"slices"

	"github.com/ftagateway/ftagateway/cmd/fta/config"
	"github.com/ftagateway/ftagateway/cmd/fta/serving"
)

// planned is what a gateway of a configuration would be. Addresses of ledgers are not in it: some hold credentials.
type planned struct {
	Listen  string          `json:"listen"`
	Data    string          `json:"data"`
	Ledgers []plannedLedger `json:"ledgers"`
}

type plannedLedger struct {
	Ledger  string `json:"ledger"`
	Scheme  string `json:"scheme"`
	Policy  string `json:"policy"`
	Mapping string `json:"mapping"`
}

// runCheck says what would be served, and serves nothing: no ledger is asked, and no folder opened or made.
func runCheck(g *shared, c config.Config) error {
	if err := serving.Check(c, g.logger()); err != nil {
		return exit(ExitUsage, err)
	}
	p := plan(c)
	return g.print(p, func() {
		fmt.Fprintf(g.Out, "the configuration holds: listens on %s, keeps %s\n", p.Listen, p.Data)
		for _, l := range p.Ledgers {
			fmt.Fprintf(g.Out, "ledger %s: %s, %s, %s\n", l.Ledger, l.Scheme, l.Policy, l.Mapping)
		}
	})
}

func plan(c config.Config) planned {
	p := planned{Listen: c.Listen, Data: c.Data, Ledgers: []plannedLedger{}}
	for _, slug := range slices.Sorted(maps.Keys(c.Ledgers)) {
		l := c.Ledgers[slug]
		scheme := ""
		if u, err := url.Parse(l.URL); err == nil {
			scheme = u.Scheme
		}
		p.Ledgers = append(p.Ledgers, plannedLedger{
			Ledger: slug, Scheme: scheme, Policy: cmp.Or(l.Policy, "public"), Mapping: cmp.Or(l.Mapping, "builtin:record"),
		})
	}
	return p
}
