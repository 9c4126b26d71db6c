package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"sync/atomic"

	"github.com/ftagateway/ftagateway/adapters"
	"github.com/ftagateway/ftagateway/cmd/bench/measure"
	"github.com/ftagateway/ftagateway/gateway"
	"github.com/ftagateway/ftagateway/trust"
)

// reads holds reading a record with its verdict against the bare client's read of the same records. The ledger is asked
// every time; the caches that go by digest are warm; no document is fetched.
func (b *bench) reads(ctx context.Context) error {
	client, err := newBare(ctx, b.scene.Trade.URL)
	if err != nil {
		return err
	}
	defer client.close()
	caller := keeping()
	defer caller.CloseIdleConnections()
	works := []measure.Work{
		{Name: "bare client's read", Do: each(b.scene.Records, client.read)},
		{Name: "read with verdict", Do: each(b.scene.Records, b.read)},
		{Name: "read with verdict and authority, through the gateway", Do: each(b.scene.Records, b.readByGateway)},
		{Name: "the same over HTTP", Do: each(b.scene.Records, func(ctx context.Context, id string) error {
			return b.readByHTTP(ctx, caller, id)
		})},
	}
	targets := []Target{{}, {Least: 0.6}, {}, {}}
	for _, atOnce := range []int{1, 8, 32} {
		rates, err := b.plan(atOnce).Rates(ctx, works...)
		if err != nil {
			return err
		}
		for i := 1; i < len(works); i++ {
			b.add(compare(works[i].Name, works[0].Name, rates[i], rates[0]).at(atOnce).aim(targets[i]))
		}
	}
	return nil
}

// each does a work with one id after the other, round and round, whoever does it.
func each(ids []string, do func(ctx context.Context, id string) error) func(context.Context) error {
	var next atomic.Uint64
	return func(ctx context.Context) error { return do(ctx, ids[next.Add(1)%uint64(len(ids))]) }
}

// required are the checks that a ledger without proofs of inclusion can show by itself.
var required = []string{trust.Schema, trust.Proof, trust.Versions}

func (b *bench) read(ctx context.Context, id string) error {
	return readFrom(ctx, b.scene.Trade.Ledger, id)
}

func readFrom(ctx context.Context, l *adapters.Ledger, id string) error {
	r, err := l.Read(ctx, id, 0)
	if err != nil {
		return err
	}
	return good(trust.Judge(append(r.Checks, r.Link), required, trust.Subject{
		SenderKnown: r.Entry.Author.ID != "", Mapping: r.Mapping.String(), AsOf: r.AsOf(),
	}))
}

func good(v trust.Verdict) error {
	if v.Outcome != trust.Valid {
		return fmt.Errorf("the verdict is %s: %+v", v.Outcome, v.Checks)
	}
	return nil
}

func (b *bench) readByGateway(ctx context.Context, id string) error {
	a, err := b.scene.Gateway.LedgerRecord(ctx, b.scene.Trade.Slug(), id, 0, gateway.Options{})
	if err != nil {
		return err
	}
	return good(a.Verdict)
}

func (b *bench) readByHTTP(ctx context.Context, caller *http.Client, id string) error {
	body, err := get(ctx, caller, b.scene.API+"/v1/ledgers/"+b.scene.Trade.Slug()+"/records/"+id)
	if err != nil {
		return err
	}
	var a gateway.Answer
	return errors.Join(json.Unmarshal(body, &a), good(a.Verdict))
}
