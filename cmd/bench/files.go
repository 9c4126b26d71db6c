package main

import (
	"context"
	"fmt"

	"github.com/ftagateway/ftagateway/cmd/bench/measure"
	"github.com/ftagateway/ftagateway/cmd/bench/scene"
	"github.com/ftagateway/ftagateway/evidence"
	"github.com/ftagateway/ftagateway/gateway"
	"github.com/ftagateway/ftagateway/trust"
)

// fetches holds fetching a document by capability, and checking it, against getting the same bytes from a server that
// asks for nothing.
func (b *bench) fetches(ctx context.Context) error {
	caller := keeping()
	defer caller.CloseIdleConnections()
	get := measure.Work{Name: "plain GET of the same bytes", Do: func(ctx context.Context) error {
		_, err := get(ctx, caller, b.scene.Plain)
		return err
	}}
	for _, atOnce := range []int{1, 8} {
		rates, err := b.plan(atOnce).Rates(ctx, get, b.fetch())
		if err != nil {
			return err
		}
		b.add(compare(b.fetch().Name, get.Name, rates[1], rates[0]).at(atOnce))
	}
	return nil
}

func (b *bench) fetch() measure.Work {
	record := b.scene.Entry.Record
	document := record.Evidence[0]
	ref := evidence.Ref{ID: document.ID, Digest: document.Digest, MediaType: document.MediaType}
	return measure.Work{Name: "document fetched by capability and checked", Do: func(ctx context.Context) error {
		_, err := b.scene.Documents.Fetch(ctx, record.Issuer, ref)
		return err
	}}
}

// entryFile holds a whole entry file, from three ledgers and with every document, against what it cannot do without one
// after the other: the read of the slowest ledger, by the bare client, and one document.
func (b *bench) entryFile(ctx context.Context) error {
	works := []measure.Work{{Name: "entry file over three ledgers, with documents", Do: b.assemble}, b.fetch()}
	for at, id := range map[*scene.Chain]string{
		b.scene.Trade: b.scene.Entry.Record.ID, b.scene.Origin: b.scene.Certificate.Record.ID, b.scene.Customs: b.scene.Decision.Record.ID,
	} {
		client, err := newBare(ctx, at.URL)
		if err != nil {
			return err
		}
		defer client.close()
		works = append(works, measure.Work{Name: "read of " + at.Slug(), Do: func(ctx context.Context) error { return client.read(ctx, id) }})
	}
	rates, err := b.plan(1).Rates(ctx, works...)
	if err != nil {
		return err
	}
	slowest := rates[2]
	for _, other := range rates[3:] {
		slowest = slowest.With(other, func(a, b float64) float64 { return min(a, b) })
	}
	least := slowest.With(rates[1], func(read, fetch float64) float64 { return 1 / (1/read + 1/fetch) })
	b.add(compare(works[0].Name, "slowest ledger's own read, then one document", rates[0], least).at(1).inTime().within(1.3))
	return nil
}

func (b *bench) assemble(ctx context.Context) error {
	file, err := b.scene.Gateway.Entry(ctx, b.scene.Entry.Record.ID, gateway.Options{Documents: true})
	switch {
	case err != nil:
		return err
	case file.Outcome != trust.Valid || len(file.Linked) != 2:
		return fmt.Errorf("the entry file is %s with %d linked records, want valid with 2: %v", file.Outcome, len(file.Linked), file.Reasons)
	}
	return nil
}
