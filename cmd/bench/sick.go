package main

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/cmd/bench/measure"
	"github.com/ftagateway/ftagateway/cmd/bench/scene"
	"github.com/ftagateway/ftagateway/gateway"
)

// sick holds what readers of two healthy ledgers wait for at the longest (all but a hundredth of them), with a third one
// sick, against the same with all three well. Others ask the third one all the while.
func (b *bench) sick(ctx context.Context) error {
	var works []measure.Work
	for _, how := range []scene.Sickness{scene.Well, scene.Down, scene.Slow, scene.BlackHoled} {
		g, err := b.scene.Beside(ctx, how)
		if err != nil {
			return err
		}
		defer func() { _ = g.Close() }()
		defer b.pester(ctx, g.Gateway)()
		works = append(works, measure.Work{Name: string(how), Do: each(b.scene.Records, func(ctx context.Context, id string) error {
			return readHealthy(ctx, g.Gateway, id)
		})})
	}
	p := b.plan(4)
	p.Slice *= 4
	took, err := p.Latencies(ctx, 0.99, works...)
	if err != nil {
		return err
	}
	for i, how := range works[1:] {
		row := compare("slowest hundredth of reads from healthy ledgers, a third one "+how.Name, "the same with all well", took[i+1], took[0])
		b.add(row.at(4).ofTimes().within(1.5))
	}
	return b.openBreaker(ctx)
}

func readHealthy(ctx context.Context, g *gateway.Gateway, id string) error {
	a, err := g.LedgerRecord(ctx, "trade", id, 0, gateway.Options{})
	if err != nil {
		return err
	}
	return good(a.Verdict)
}

const (
	pesterers   = 8
	pesterEvery = 20 * time.Millisecond
)

// pester asks the third ledger all the while, whatever it answers. The function that it answers ends it.
func (b *bench) pester(ctx context.Context, g *gateway.Gateway) (end func()) {
	ctx, cancel := context.WithCancel(ctx)
	var asking sync.WaitGroup
	for range pesterers {
		asking.Go(func() {
			pace := time.NewTicker(pesterEvery)
			defer pace.Stop()
			for ctx.Err() == nil {
				_, _ = g.LedgerRecord(ctx, "origin", b.scene.Certificate.Record.ID, 0, gateway.Options{})
				select {
				case <-pace.C:
				case <-ctx.Done():
				}
			}
		})
	}
	return func() { cancel(); asking.Wait() }
}

// openBreaker counts what a ledger's open breaker answers, one after the other.
func (b *bench) openBreaker(ctx context.Context) error {
	g, err := b.scene.Beside(ctx, scene.BlackHoled)
	if err != nil {
		return err
	}
	defer func() { _ = g.Close() }()
	ask := measure.Work{Name: "answer from an open breaker", Do: func(ctx context.Context) error {
		_, err := g.LedgerRecord(ctx, "origin", b.scene.Certificate.Record.ID, 0, gateway.Options{})
		if !driver.IsOutage(err) {
			return fmt.Errorf("a ledger that is down answers: %w", err)
		}
		return nil
	}}
	if err := untilOpen(ctx, g.Gateway, ask); err != nil {
		return err
	}
	took, err := b.plan(1).Latencies(ctx, 0.99, ask)
	if err != nil {
		return err
	}
	limit := took[0].Each(func(float64) float64 { return 0.005 })
	b.add(compare(ask.Name+", slowest hundredth", "5 ms", took[0], limit).at(1).ofTimes().within(1))
	return nil
}

// untilOpen asks in vain until the breaker is open. Those who ask at once would share one question.
func untilOpen(ctx context.Context, g *gateway.Gateway, ask measure.Work) error {
	for range 100 {
		for _, l := range g.Ledgers(ctx).Ledgers {
			if l.Ledger == "origin" && l.Breaker.State == "open" {
				return nil
			}
		}
		if err := ask.Do(ctx); err != nil {
			return err
		}
	}
	return errors.New("the breaker does not open")
}
