package gateway_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/filing"
	"github.com/ftagateway/ftagateway/gateway"
	"github.com/ftagateway/ftagateway/gateway/gatewaytest"
	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/model/lifecycle"
	"github.com/ftagateway/ftagateway/model/sample"
	"github.com/ftagateway/ftagateway/trust"
)

// watching begins a watch that ends with the test.
func watching(t *testing.T, g *gateway.Gateway, f gateway.EventFilter) *gateway.Watch {
	t.Helper()
	watch, err := g.Watch(t.Context(), f)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(watch.Close)
	return watch
}

// next is the next page of a watch, which must be had.
func next(t *testing.T, watch *gateway.Watch, wait time.Duration) *gateway.EventPage {
	t.Helper()
	p, err := watch.Next(t.Context(), wait)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// drained takes pages until one is empty.
func drained(t *testing.T, g *gateway.Gateway, f gateway.EventFilter) (all []gateway.Event, last *gateway.EventPage) {
	t.Helper()
	watch := watching(t, g, f)
	for range 500 {
		last = next(t, watch, 0)
		if len(last.Events) == 0 {
			return all, last
		}
		all = append(all, last.Events...)
	}
	t.Fatal("the events do not end")
	return nil, nil
}

// of are the records that events of a ledger speak of, in order.
func of(slug string, events []gateway.Event) (all []string) {
	for _, e := range events {
		if e.Ledger == slug {
			all = append(all, e.ID)
		}
	}
	return all
}

// certificateFor makes one that is not written yet.
func certificateFor(w *gatewaytest.World, slug string) gatewaytest.Filed {
	return w.Make(w.Exporter, slug, sample.Certificate(model.NAFTA), filing.Filing{})
}

// put writes a certificate behind the gateway's back, and answers its id.
func put(w *gatewaytest.World, slug string) string {
	made := certificateFor(w, slug)
	w.Write(slug, made.Record.ID, made.Record)
	return made.Record.ID
}

func TestEventsAreTheChangesOfAllLedgers(t *testing.T) {
	w, certificate, entry := filed(t)
	decision := w.Decide(entry, lifecycle.Accept, "")
	events, last := drained(t, w.Gateway, gateway.EventFilter{})
	if got := of("trade", events); !slices.Equal(got, []string{certificate.Record.ID, entry.Record.ID}) {
		t.Errorf("trade: %v", got)
	}
	if got := of("cbp", events); !slices.Equal(got, []string{decision.Record.ID}) {
		t.Errorf("cbp: %v", got)
	}
	e := events[slices.IndexFunc(events, func(e gateway.Event) bool { return e.ID == entry.Record.ID })]
	if e.URI != w.URI("trade") || e.Type != model.TypeEntrySummary || e.Event != "file" || e.Version != 1 || e.Outcome != trust.Valid ||
		e.AsOf.Height == 0 || !e.AsOf.Final {
		t.Errorf("%+v", e)
	}
	if last.Next == "" || len(last.Sources) != 2 {
		t.Errorf("at the end %+v", last)
	}
}

func TestEventsAreFiltered(t *testing.T) {
	w, certificate, entry := filed(t)
	decision := w.Decide(entry, lifecycle.Accept, "")
	for name, c := range map[string]struct {
		gateway.EventFilter
		want []string
	}{
		"by type":           {gateway.EventFilter{Type: model.TypeCertificateOfOrigin}, []string{certificate.Record.ID}},
		"by event":          {gateway.EventFilter{Event: "accept"}, []string{decision.Record.ID}},
		"by ledger":         {gateway.EventFilter{Ledger: "trade"}, []string{certificate.Record.ID, entry.Record.ID}},
		"by what is not":    {gateway.EventFilter{Event: "withdraw"}, nil},
		"from now on":       {gateway.EventFilter{After: gateway.Now}, nil},
		"by type on ledger": {gateway.EventFilter{Ledger: "cbp", Type: model.TypeEntrySummary}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			c.Limit = 1
			events, _ := drained(t, w.Gateway, c.EventFilter)
			var got []string
			for _, e := range events {
				got = append(got, e.ID)
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("%v, want %v", got, c.want)
			}
		})
	}
}

// The cursor of any event goes on right behind it, at this gateway and at one that has seen nothing yet.
func TestTheCursorOfAnEventGoesOnRightBehindIt(t *testing.T) {
	w := gatewaytest.New(t, gatewaytest.Options{})
	for range 4 {
		put(w, "trade")
		put(w, "cbp")
	}
	all, _ := drained(t, w.Gateway, gateway.EventFilter{})
	if len(all) != 8 {
		t.Fatalf("%d events, want 8", len(all))
	}
	for name, g := range map[string]*gateway.Gateway{"the same gateway": w.Gateway, "another one": w.Afresh()} {
		for i, e := range all {
			rest, _ := drained(t, g, gateway.EventFilter{After: e.Cursor, Limit: 3})
			for _, slug := range []string{"trade", "cbp"} {
				if got, want := of(slug, rest), of(slug, all[i+1:]); !slices.Equal(got, want) {
					t.Errorf("%s, %s after event %d: %v, want %v", name, slug, i, got, want)
				}
			}
		}
	}
}

func TestWhoWaitsIsToldAtOnce(t *testing.T) {
	w := gatewaytest.New(t, gatewaytest.Options{})
	watch := watching(t, w.Gateway, gateway.EventFilter{After: gateway.Now})
	next(t, watch, 0)
	for _, slug := range []string{"trade", "cbp", "trade"} {
		told := make(chan *gateway.EventPage, 1)
		go func() {
			p, _ := watch.Next(t.Context(), time.Minute)
			told <- p
		}()
		id := put(w, slug)
		select {
		case p := <-told:
			if len(p.Events) != 1 || p.Events[0].ID != id {
				t.Errorf("%+v, want %s on %s", p.Events, id, slug)
			}
		case <-time.After(20 * time.Second):
			t.Fatal("nobody was told")
		}
	}
}

func TestNothingNewIsToldAfterTheWait(t *testing.T) {
	w := gatewaytest.New(t, gatewaytest.Options{})
	watch := watching(t, w.Gateway, gateway.EventFilter{})
	begun := time.Now()
	p := next(t, watch, 300*time.Millisecond)
	if took := time.Since(begun); len(p.Events) != 0 || took < 300*time.Millisecond || took > 10*time.Second {
		t.Errorf("%d events after %s", len(p.Events), took)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if p, err := watch.Next(ctx, time.Minute); err != nil || p.Next == "" {
		t.Errorf("%+v, %v: want what there is, though the caller is at its end", p, err)
	}
}
