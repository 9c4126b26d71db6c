package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"time"

	"github.com/go-chi/chi/v5"

	"github.com/ftagateway/ftagateway/adapters/webledger/protocol"
	"github.com/ftagateway/ftagateway/cmd/bench/measure"
	"github.com/ftagateway/ftagateway/cmd/bench/scene"
	"github.com/ftagateway/ftagateway/ld"
)

// cached holds reads that a cache answers against reads of the ledger, while others write to it all the while; and, over
// HTTP, against a handler that writes the same bytes and knows nothing.
func (b *bench) cached(ctx context.Context) (err error) {
	c, err := b.scene.Cached(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, c.Close()) }()
	return errors.Join(b.cachedWhileWritten(ctx, c), b.cachedOverHTTP(ctx, c))
}

func (b *bench) cachedWhileWritten(ctx context.Context, c *scene.Cached) error {
	client, err := newBare(ctx, b.scene.Trade.URL)
	if err != nil {
		return err
	}
	defer client.close()
	end, err := b.writeOn(ctx, client)
	if err != nil {
		return err
	}
	defer end()
	cached := measure.Work{Name: "cached read with verdict, while the ledger is written to", Do: each(b.scene.Records, func(ctx context.Context, id string) error {
		return readFrom(ctx, c.Ledger, id)
	})}
	asked := measure.Work{Name: "bare client's read", Do: each(b.scene.Records, client.read)}
	for _, atOnce := range []int{1, 8} {
		rates, err := b.plan(atOnce).Rates(ctx, asked, cached)
		if err != nil {
			return err
		}
		b.add(compare(cached.Name, asked.Name, rates[1], rates[0]).at(atOnce).aim(Target{Least: 3}))
	}
	return nil
}

// writeEvery is about the pace of the busiest hour's filings.
const writeEvery = time.Second / peakHour

// writeOn writes to the ledger Trade, one record after the other, until it is ended.
func (b *bench) writeOn(ctx context.Context, client *bare) (end func(), err error) {
	template, err := ld.Parse(b.scene.Entry.Record.Bytes, ld.Limits{})
	if err != nil {
		return nil, err
	}
	from := protocol.Sender{Signer: b.scene.Trade.Transport, Creator: b.scene.Trade.Creator}
	ctx, cancel := context.WithCancel(ctx)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		pace := time.NewTicker(writeEvery)
		defer pace.Stop()
		for ctx.Err() == nil {
			_ = create(ctx, client, template, from) // what fails was not written, and the next one is
			select {
			case <-pace.C:
			case <-ctx.Done():
			}
		}
	}()
	return func() { cancel(); <-ended }, nil
}

// cachedOverHTTP holds cached reads against a handler that writes the body alone, and against one that writes the header of
// the answer too, which a client reads as well.
func (b *bench) cachedOverHTTP(ctx context.Context, c *scene.Cached) error {
	caller := keeping()
	defer caller.CloseIdleConnections()
	path := "/v1/ledgers/" + c.Slug() + "/records/" + b.scene.Entry.Record.ID
	answer, err := answered(ctx, caller, c.API+path)
	if err != nil {
		return err
	}
	bare := written{http.Header{"Content-Type": answer.header["Content-Type"]}, answer.body}
	return errors.Join(
		b.againstHandler(ctx, caller, c.API, path, "chi handler that writes the same body", bare),
		b.againstHandler(ctx, caller, c.API, path, "chi handler that writes the same header and body", answer))
}

// written is an answer that is known beforehand.
type written struct {
	header http.Header
	body   []byte
}

// answered is what is written for a GET, but for what the server itself adds.
func answered(ctx context.Context, client *http.Client, url string) (written, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return written{}, err
	}
	resp, err := client.Do(req)
	if err != nil {
		return written{}, err
	}
	defer func() { _ = resp.Body.Close() }()
	body, err := io.ReadAll(resp.Body)
	if err == nil && resp.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s: %s", url, resp.Status)
	}
	resp.Header.Del("Date")
	return written{resp.Header, body}, err
}

func (b *bench) againstHandler(ctx context.Context, caller *http.Client, api, path, name string, what written) error {
	router := chi.NewRouter()
	router.Get("/v1/ledgers/{ledger}/records/{id}", func(w http.ResponseWriter, _ *http.Request) {
		maps.Copy(w.Header(), what.header)
		_, _ = w.Write(what.body)
	})
	plain, end, err := scene.Serve(ctx, router)
	if err != nil {
		return err
	}
	works := []measure.Work{
		{Name: "cached read over HTTP", Do: func(ctx context.Context) error { _, err := get(ctx, caller, api+path); return err }},
		{Name: name, Do: func(ctx context.Context) error { _, err := get(ctx, caller, plain+path); return err }},
	}
	for _, atOnce := range []int{1, 8} {
		rates, err := b.plan(atOnce).Rates(ctx, works...)
		if err != nil {
			return errors.Join(err, end())
		}
		b.add(compare(works[0].Name, works[1].Name, rates[0], rates[1]).at(atOnce).aim(Target{Least: 0.85}))
	}
	return end()
}
