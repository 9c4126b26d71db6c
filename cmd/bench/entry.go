package main

import (
	"context"
	"fmt"
	"path/filepath"
	"time"

	"github.com/ftagateway/ftagateway/cmd/bench/measure"
	"github.com/ftagateway/ftagateway/cmd/bench/scene"
	"github.com/ftagateway/ftagateway/gateway"
	"github.com/ftagateway/ftagateway/trust"
)

// away is how far ledgers and evidence are from a gateway on another network, each way.
const away = 10 * time.Millisecond

// entryFiles measures an entry file where everything is on this machine, so that it counts how much there is to do, and where
// ledgers and evidence are away, so that it counts how many answers wait for one another.
func (b *bench) entryFiles(ctx context.Context) error {
	if err := b.entryFile(ctx, b.plan(1), b.scene, opened("")); err != nil {
		return err
	}
	s, err := scene.OpenAway(ctx, filepath.Join(b.dir, "away"), away)
	if err != nil {
		return err
	}
	defer func() { _ = s.Close() }()
	p := b.plan(1)
	p.Slice *= 2
	where := fmt.Sprintf(", %v away", away)
	return b.entryFile(ctx, p, s, opened(where), first(where))
}

// way is how an entry file is had.
type way struct {
	name   string
	have   func(context.Context, *scene.Scene) error
	target float64 // in time; 0: none
}

// opened is an entry that this gateway has shown before.
func opened(where string) way {
	return way{"entry file over three ledgers" + where + ", with documents", func(ctx context.Context, s *scene.Scene) error {
		return assemble(ctx, s, s.Gateway)
	}, 1.3}
}

// first is one that it never did: where its certificate stands is known only from the summary.
func first(where string) way {
	return way{"the same for the first time" + where, func(ctx context.Context, s *scene.Scene) error {
		g, err := gateway.New(s.Gateway.Config)
		if err != nil {
			return err
		}
		return assemble(ctx, s, g)
	}, 0}
}

// entryFile holds a whole entry file, from three ledgers and with every document, against what it cannot do without one
// after the other: the read of the slowest ledger, by the bare client, and one document.
func (b *bench) entryFile(ctx context.Context, p measure.Plan, s *scene.Scene, ways ...way) error {
	works, end, err := bareReads(ctx, s)
	defer end()
	if err != nil {
		return err
	}
	reads := len(works)
	works = append(works, fetch(s))
	for _, w := range ways {
		works = append(works, measure.Work{Name: w.name, Do: func(ctx context.Context) error { return w.have(ctx, s) }})
	}
	rates, err := p.Rates(ctx, works...)
	if err != nil {
		return err
	}
	least := oneAfterTheOther(slowest(rates[:reads]), rates[reads])
	for i, w := range ways {
		row := compare(w.name, "slowest ledger's own read, then one document", rates[reads+1+i], least).at(1).inTime()
		if w.target > 0 {
			row = row.within(w.target)
		}
		b.add(row)
	}
	return nil
}

// bareReads reads each record of the entry from its ledger. The function that it answers ends the clients.
func bareReads(ctx context.Context, s *scene.Scene) (works []measure.Work, end func(), err error) {
	var clients []*bare
	end = func() {
		for _, c := range clients {
			c.close()
		}
	}
	for at, id := range map[*scene.Chain]string{
		s.Trade: s.Entry.Record.ID, s.Origin: s.Certificate.Record.ID, s.Customs: s.Decision.Record.ID,
	} {
		c, err := newBare(ctx, at.URL)
		if err != nil {
			return nil, end, err
		}
		clients = append(clients, c)
		works = append(works, measure.Work{Name: "read of " + at.Slug(), Do: func(ctx context.Context) error { return c.read(ctx, id) }})
	}
	return works, end, nil
}

// slowest is the lowest rate of each round.
func slowest(rates []measure.Series) measure.Series {
	least := rates[0]
	for _, other := range rates[1:] {
		least = least.With(other, func(a, b float64) float64 { return min(a, b) })
	}
	return least
}

func oneAfterTheOther(first, then measure.Series) measure.Series {
	return first.With(then, func(a, b float64) float64 { return 1 / (1/a + 1/b) })
}

func assemble(ctx context.Context, s *scene.Scene, g *gateway.Gateway) error {
	file, err := g.Entry(ctx, s.Entry.Record.ID, gateway.Options{Documents: true})
	switch {
	case err != nil:
		return err
	case file.Outcome != trust.Valid || len(file.Linked) != 2:
		return fmt.Errorf("the entry file is %s with %d linked records, want valid with 2: %v", file.Outcome, len(file.Linked), file.Reasons)
	}
	return nil
}
