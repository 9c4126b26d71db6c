package main

import (
	"context"

	"github.com/ftagateway/ftagateway/cmd/bench/measure"
	"github.com/ftagateway/ftagateway/cmd/bench/scene"
	"github.com/ftagateway/ftagateway/evidence"
)

// fetches holds fetching a document by capability, and checking it, against getting the same bytes from a server that
// asks for nothing.
func (b *bench) fetches(ctx context.Context) error {
	caller := keeping()
	defer caller.CloseIdleConnections()
	plain := measure.Work{Name: "plain GET of the same bytes", Do: func(ctx context.Context) error {
		_, err := get(ctx, caller, b.scene.Plain)
		return err
	}}
	for _, atOnce := range []int{1, 8} {
		rates, err := b.plan(atOnce).Rates(ctx, plain, fetch(b.scene))
		if err != nil {
			return err
		}
		b.add(compare(fetch(b.scene).Name, plain.Name, rates[1], rates[0]).at(atOnce))
	}
	return nil
}

func fetch(s *scene.Scene) measure.Work {
	record := s.Entry.Record
	document := record.Evidence[0]
	ref := evidence.Ref{ID: document.ID, Digest: document.Digest, MediaType: document.MediaType}
	return measure.Work{Name: "document fetched by capability and checked", Do: func(ctx context.Context) error {
		_, err := s.Documents.Fetch(ctx, record.Issuer, ref)
		return err
	}}
}
