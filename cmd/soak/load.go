package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/time/rate"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/gateway"
	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/model/sample"
)

// load asks the gateway all the while.
type load struct {
	*client
	cast  *cast
	uris  map[string]string // by slug
	book  *book
	tally *tally
	// killing counts up before the gateway is killed, and again once it is back: a request that saw it change may have been cut.
	killing atomic.Int64
}

// kind is one kind of question, with how many of a hundred are of it.
type kind struct {
	name  string
	share int
	ask   func(l *load, ctx context.Context) (took time.Duration, err error)
}

// kinds are the mix. The first ones that are drawn are about few records, which stay in caches, and some about any.
func kinds() []kind {
	return []kind{
		{"record on its ledger", 30, (*load).onLedger},
		{"the same past the cache", 8, (*load).pastCache},
		{"record everywhere", 14, (*load).everywhere},
		{"record, where it changed", 12, (*load).conditional},
		{"entry file", 8, (*load).entryFile},
		{"entry by number", 5, (*load).find},
		{"id of nobody", 10, (*load).unknown},
		{"list", 5, (*load).list},
		{"ledgers", 3, (*load).ledgers},
		{"submission", 5, (*load).submit},
	}
}

// workers are how many ask at once.
const workers = 16

// run asks until ctx ends.
func (l *load) run(ctx context.Context, perSecond int) {
	pace := rate.NewLimiter(rate.Limit(perSecond), workers)
	var all sync.WaitGroup
	for range workers {
		all.Go(func() {
			for pace.Wait(ctx) == nil {
				l.one(ctx, draw(kinds()))
			}
		})
	}
	all.Wait()
}

func draw(all []kind) kind {
	n := rand.IntN(100)
	for _, k := range all {
		if n -= k.share; n < 0 {
			return k
		}
	}
	return all[0]
}

// errNotNow says that there is nothing to ask for yet.
var errNotNow = errors.New("not now")

// one asks once. What the end of the load or the gateway's death cuts off says nothing.
func (l *load) one(ctx context.Context, k kind) {
	before := l.killing.Load()
	took, err := k.ask(l, context.WithoutCancel(ctx))
	switch {
	case err == nil:
		l.tally.right(k.name, took)
	case errors.Is(err, errNotNow):
	case errors.Is(err, errAway):
		l.tally.away(k.name)
	case before%2 == 1 || before != l.killing.Load():
		l.tally.cut(k.name)
	default:
		l.tally.isWrong(k.name, "%v", err)
	}
}

func onLedgerPath(i *item) string { return "/v1/ledgers/" + i.ledger + "/records/" + i.record.ID }

// about asks for a record that is final.
func (l *load) about(ctx context.Context, path func(*item) string, hold func(*item, *answer) error, headers ...string) (time.Duration, error) {
	i := l.book.any()
	if i == nil {
		return 0, errNotNow
	}
	a, err := l.get(ctx, path(i), headers...)
	if err != nil {
		return 0, err
	}
	err = hold(i, a)
	if errors.Is(err, errAway) && i.ledger == healthy {
		err = fmt.Errorf("the healthy ledger could not be asked: %d %.300s", a.status, a.body)
	}
	return a.took, err
}

func (l *load) onLedger(ctx context.Context) (time.Duration, error) {
	return l.about(ctx, onLedgerPath, holdOnLedger)
}

func (l *load) pastCache(ctx context.Context) (time.Duration, error) {
	return l.about(ctx, onLedgerPath, holdOnLedger, "Cache-Control", "no-cache")
}

func (l *load) everywhere(ctx context.Context) (time.Duration, error) {
	return l.about(ctx, func(i *item) string { return "/v1/records/" + i.record.ID }, holdEverywhere)
}

// conditional asks for a record with the tag of the last answer.
func (l *load) conditional(ctx context.Context) (time.Duration, error) {
	i := l.book.any()
	if i == nil {
		return 0, errNotNow
	}
	tag := i.tagged("")
	a, err := l.get(ctx, onLedgerPath(i), "If-None-Match", tag)
	if err != nil {
		return 0, err
	}
	if a.status == http.StatusNotModified && tag != "" {
		return a.took, nil
	}
	i.tagged(a.header.Get("ETag"))
	return a.took, holdOnLedger(i, a)
}

func (l *load) entryFile(ctx context.Context) (time.Duration, error) {
	i := l.book.anyEntry()
	a, err := l.get(ctx, "/v1/entries/"+i.record.ID)
	if err != nil {
		return 0, err
	}
	return a.took, holdEntry(i, a)
}

// find looks for the entries, of which one stands on each ledger.
func (l *load) find(ctx context.Context) (time.Duration, error) {
	a, err := l.ask(ctx, http.MethodPost, "/v1/entries/find", map[string]string{"entryNumber": sample.EntryUSMCA})
	if err != nil {
		return 0, err
	}
	if err := holdStatus(a); err != nil {
		return 0, err
	}
	var found gateway.Found
	if err := a.into(&found); err != nil {
		return 0, err
	}
	for _, s := range found.Sources {
		if s.State == gateway.Unavailable {
			return a.took, errAway
		}
	}
	if len(found.Entries) != len(l.uris) {
		return 0, fmt.Errorf("%d entries, want one of each ledger", len(found.Entries))
	}
	return a.took, nil
}

func (l *load) unknown(ctx context.Context) (time.Duration, error) {
	a, err := l.get(ctx, "/v1/records/"+model.NewID())
	if err != nil {
		return 0, err
	}
	return a.took, holdUnknown(a)
}

func (l *load) list(ctx context.Context) (time.Duration, error) {
	return l.plain(ctx, "/v1/records?limit=20")
}

func (l *load) ledgers(ctx context.Context) (time.Duration, error) {
	return l.plain(ctx, "/v1/ledgers")
}

func (l *load) plain(ctx context.Context, path string) (time.Duration, error) {
	a, err := l.get(ctx, path)
	if err != nil {
		return 0, err
	}
	return a.took, holdStatus(a)
}

// submit files a certificate on a ledger, and keeps in the book what was acknowledged.
func (l *load) submit(ctx context.Context) (time.Duration, error) {
	slug := []string{killed, flaky, healthy}[rand.IntN(3)]
	m, err := l.cast.certificate(l.uris[slug])
	if err != nil {
		return 0, err
	}
	i := &item{made: m, ledger: slug}
	return l.file(ctx, i)
}

func (l *load) file(ctx context.Context, i *item) (time.Duration, error) {
	a, err := l.ask(ctx, http.MethodPost, "/v1/ledgers/"+i.ledger+"/records", gateway.Submission{Record: i.record.Bytes, Document: i.document.Bytes})
	if err != nil {
		return 0, err
	}
	if a.status != http.StatusCreated && a.status != http.StatusAccepted {
		return 0, errors.Join(holdStatus(a), fmt.Errorf("status %d: %.300s", a.status, a.body))
	}
	var r gateway.SubmissionReceipt
	if err := a.into(&r); err != nil {
		return 0, err
	}
	i.receipt, i.final = r.ID, r.State == driver.Finally
	l.book.add(i)
	return a.took, nil
}
