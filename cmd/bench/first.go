package main

import (
	"context"
	"errors"
	"runtime"
	"time"

	"github.com/ftagateway/ftagateway/adapters"
	"github.com/ftagateway/ftagateway/cmd/bench/measure"
)

// firsts holds the first read of each record, when nothing is known of its digest, against the second. The ledger is
// opened anew in each round, on the same index.
func (b *bench) firsts(ctx context.Context) error {
	if _, _, err := b.twice(ctx); err != nil { // the index catches up
		return err
	}
	var first, second measure.Series
	for range b.Rounds {
		cold, warm, err := b.twice(ctx)
		if err != nil {
			return err
		}
		first, second = append(first, cold), append(second, warm)
	}
	b.add(compare("first read with verdict, digests cold", "second read, warm", first, second).at(1))
	return nil
}

// twice answers how many records a second are read for the first time, and again.
func (b *bench) twice(ctx context.Context) (cold, warm float64, err error) {
	l, err := b.scene.Trade.Again(ctx, "first reads")
	if err != nil {
		return 0, 0, err
	}
	defer func() { err = errors.Join(err, l.Close()) }()
	if cold, err = b.readAll(ctx, l); err != nil {
		return 0, 0, err
	}
	warm, err = b.readAll(ctx, l)
	return cold, warm, err
}

func (b *bench) readAll(ctx context.Context, l *adapters.Ledger) (float64, error) {
	runtime.GC()
	began := time.Now()
	for _, id := range b.scene.Records {
		if err := readFrom(ctx, l, id); err != nil {
			return 0, err
		}
	}
	return float64(len(b.scene.Records)) / time.Since(began).Seconds(), nil
}
