package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/gateway"
)

// soak plays the whole: what is known beforehand is filed; the load runs, with everything that happens to it; all is made well,
// the gateway is killed once more, and what was ever acknowledged is asked for.
func (s *stage) soak(ctx context.Context, o options, say io.Writer) (*report, error) {
	l := &load{client: newClient(s.url), cast: s.cast, uris: map[string]string{}, book: &book{seen: map[string]bool{}}, tally: newTally()}
	if err := l.begin(ctx); err != nil {
		return nil, fmt.Errorf("before the load: %w", err)
	}
	_, _ = fmt.Fprintf(say, "soak: %v of %d requests a second\n", o.For, o.Rate)
	r := &report{options: o, load: l}
	if err := s.underLoad(ctx, o, l, r); err != nil {
		return nil, err
	}
	l.killing.Add(1)
	if err := errors.Join(s.wire.Mend(), s.gateway.kill(), s.gateway.again(ctx, &struct{}{})); err != nil {
		return nil, err
	}
	l.killing.Add(1)
	r.lost = l.lost(ctx)
	r.untold = l.untold(ctx, r.events)
	return r, ctx.Err()
}

// underLoad runs everything that goes on side by side.
func (s *stage) underLoad(ctx context.Context, o options, l *load, r *report) error {
	ctx, end := context.WithTimeout(ctx, o.For)
	defer end()
	all, ctx := errgroup.WithContext(ctx)
	all.Go(func() error { l.run(ctx, o.Rate); return nil })
	all.Go(func() error { r.readings = l.measure(ctx, max(o.For/300, 200*time.Millisecond)); return nil })
	all.Go(func() error { r.events = l.watch(ctx); return nil })
	all.Go(func() error { return s.flap(ctx, min(o.For/30, 10*time.Second)) })
	all.Go(func() error { return s.kills(ctx, s.gateway, times(gatewayDies, o.For), func() { l.killing.Add(1) }) })
	all.Go(func() error { return s.kills(ctx, s.nodes[killed], times(nodeDies, o.For), func() {}) })
	return all.Wait()
}

// patience is how long a gateway may take to come to what it must, on a busy machine.
const patience = 2 * time.Minute

// eventually tries again until something succeeds, or patience ends.
func eventually(ctx context.Context, try func(ctx context.Context) error) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	for {
		err := try(ctx)
		if err == nil || !wait(ctx, 100*time.Millisecond) {
			return err
		}
	}
}

// begin files what is known beforehand on each ledger.
func (l *load) begin(ctx context.Context) error {
	for _, slug := range []string{killed, flaky, healthy} {
		if err := eventually(ctx, func(ctx context.Context) error { return l.name(ctx, slug) }); err != nil {
			return err
		}
		all, err := l.first(slug)
		if err != nil {
			return err
		}
		for _, i := range all {
			if err := l.stand(ctx, i); err != nil {
				return err
			}
		}
	}
	return nil
}

// first makes the first records of a ledger: a certificate, an entry under it, and more certificates.
func (l *load) first(slug string) (all []*item, err error) {
	under, err := l.cast.certificate(l.uris[slug])
	if err != nil {
		return nil, err
	}
	entry, err := l.cast.entry(l.uris[slug], under)
	if err != nil {
		return nil, err
	}
	all = []*item{{made: under, ledger: slug}, {made: entry, ledger: slug, entry: true}}
	for len(all) < hot/3 {
		more, err := l.cast.certificate(l.uris[slug])
		if err != nil {
			return nil, err
		}
		all = append(all, &item{made: more, ledger: slug})
	}
	return all, nil
}

// stand files a record, and waits until it is final.
func (l *load) stand(ctx context.Context, i *item) error {
	if _, err := l.file(ctx, i); err != nil {
		return err
	}
	return eventually(ctx, func(ctx context.Context) error { return l.settles(ctx, i) })
}

func (l *load) name(ctx context.Context, slug string) error {
	a, err := l.get(ctx, "/v1/ledgers/"+slug)
	if err != nil {
		return err
	}
	var state gateway.LedgerState
	if err := a.into(&state); err != nil {
		return err
	}
	if l.uris[slug] = state.URI; state.URI == "" {
		return fmt.Errorf("ledger %s has not been reached", slug)
	}
	return nil
}

// settles asks by its receipt what became of a submission.
func (l *load) settles(ctx context.Context, i *item) error {
	if i.isFinal() {
		return nil
	}
	a, err := l.get(ctx, "/v1/submissions/"+i.receipt)
	if err != nil {
		return err
	}
	var r gateway.SubmissionReceipt
	if err := a.into(&r); err != nil {
		return err
	}
	if r.State != driver.Finally {
		return fmt.Errorf("%s: %s", r.State, r.Reason)
	}
	i.settled()
	return nil
}

// lost names what was acknowledged and does not stand on its ledger, valid and as it was filed.
func (l *load) lost(ctx context.Context) (lost []string) {
	var mu sync.Mutex
	all, ctx := errgroup.WithContext(ctx)
	all.SetLimit(workers)
	for _, i := range l.book.items() {
		all.Go(func() error {
			err := eventually(ctx, func(ctx context.Context) error { return l.stands(ctx, i) })
			if err != nil {
				mu.Lock()
				defer mu.Unlock()
				lost = append(lost, fmt.Sprintf("%s on %s: %v", i.record.ID, i.ledger, err))
			}
			return nil
		})
	}
	_ = all.Wait()
	return lost
}

func (l *load) stands(ctx context.Context, i *item) error {
	if err := l.settles(ctx, i); err != nil {
		return err
	}
	a, err := l.get(ctx, onLedgerPath(i), "Cache-Control", "no-cache")
	if err != nil {
		return err
	}
	return holdOnLedger(i, a)
}

// untold is how many records a watcher was never told of, once it has had the time.
func (l *load) untold(ctx context.Context, offered bool) int {
	if !offered {
		return 0
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	watching, end := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() { defer close(done); l.watch(watching) }()
	for l.book.untold() > 0 && wait(ctx, 100*time.Millisecond) {
	}
	end()
	<-done
	return l.book.untold()
}
