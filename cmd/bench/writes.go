package main

import (
	"context"
	"fmt"

	"github.com/ftagateway/ftagateway/adapters/webledger/protocol"
	"github.com/ftagateway/ftagateway/cmd/bench/measure"
	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/model"
)

// peakHour is how many entries a second the busiest hour of the largest year brings.
const peakHour = 178.0

// writes counts the operations that a node commits, each signed here just before it is sent, on a ledger of their own.
func (b *bench) writes(ctx context.Context) error {
	chain, err := b.scene.OpenChain(ctx, "busy")
	if err != nil {
		return err
	}
	client, err := newBare(ctx, chain.URL)
	if err != nil {
		return err
	}
	defer client.close()
	template, err := ld.Parse(b.scene.Entry.Record.Bytes, ld.Limits{})
	if err != nil {
		return err
	}
	from := protocol.Sender{Signer: chain.Transport, Creator: chain.Creator}
	commit := measure.Work{Name: "signed operation committed by a Web Ledger node", Do: func(ctx context.Context) error {
		return create(ctx, client, template, from)
	}}
	peak := fmt.Sprintf("the busiest hour's %.0f a second", peakHour)
	for _, atOnce := range []int{32, 128} {
		rates, err := b.long(atOnce).Rates(ctx, commit)
		if err != nil {
			return err
		}
		row := compare(commit.Name, peak, rates[0], rates[0].Each(func(float64) float64 { return peakHour }))
		b.add(row.at(atOnce).aim(Target{Least: 500 / peakHour}))
	}
	return nil
}

func create(ctx context.Context, client *bare, template ld.Object, from protocol.Sender) error {
	operation, err := protocol.NewCreate(named(template, model.NewID()), from)
	if err != nil {
		return err
	}
	return client.send(ctx, operation.Bytes)
}
