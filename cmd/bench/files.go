package main

import (
	"context"
	"fmt"
	"net/http"

	"github.com/ftagateway/ftagateway/cmd/bench/measure"
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
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, b.scene.Plain, nil)
		if err != nil {
			return err
		}
		_, err = answerOf(caller, req, http.StatusOK)
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

// entryFile holds a whole entry file, from two ledgers and with every document, against what it cannot do without one
// after the other: the read of the slower ledger, by the bare client, and one document.
func (b *bench) entryFile(ctx context.Context) error {
	trade, err := newBare(ctx, b.scene.Trade.URL)
	if err != nil {
		return err
	}
	defer trade.close()
	customs, err := newBare(ctx, b.scene.Customs.URL)
	if err != nil {
		return err
	}
	defer customs.close()
	rates, err := b.plan(1).Rates(ctx,
		measure.Work{Name: "entry file over two ledgers, with documents", Do: b.assemble},
		measure.Work{Name: "read of the first ledger", Do: func(ctx context.Context) error { return trade.read(ctx, b.scene.Entry.Record.ID) }},
		measure.Work{Name: "read of the second ledger", Do: func(ctx context.Context) error { return customs.read(ctx, b.scene.Decision.Record.ID) }},
		b.fetch(),
	)
	if err != nil {
		return err
	}
	slower := rates[1].With(rates[2], func(a, b float64) float64 { return min(a, b) })
	least := slower.With(rates[3], func(read, fetch float64) float64 { return 1 / (1/read + 1/fetch) })
	b.add(compare("entry file over two ledgers, with documents", "slower ledger's own read, then one document", rates[0], least).
		at(1).inTime())
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
