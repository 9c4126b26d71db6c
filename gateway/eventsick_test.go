package gateway_test

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/adapters"
	"github.com/ftagateway/ftagateway/adapters/memory"
	"github.com/ftagateway/ftagateway/gateway"
	"github.com/ftagateway/ftagateway/gateway/gatewaytest"
)

// until takes pages until one satisfies, and answers the events of all of them.
func until(t *testing.T, watch *gateway.Watch, enough func(all []gateway.Event, p *gateway.EventPage) bool) (all []gateway.Event) {
	t.Helper()
	for late := time.Now().Add(40 * time.Second); time.Now().Before(late); {
		p := next(t, watch, time.Second)
		all = append(all, p.Events...)
		if enough(all, p) {
			return all
		}
	}
	t.Fatalf("it never came: %d events", len(all))
	return nil
}

func many(n int) func([]gateway.Event, *gateway.EventPage) bool {
	return func(all []gateway.Event, _ *gateway.EventPage) bool { return len(all) >= n }
}

func sourceOf(p *gateway.EventPage, slug string) gateway.Source {
	i := slices.IndexFunc(p.Sources, func(s gateway.Source) bool { return s.Ledger == slug })
	return p.Sources[i]
}

// However a ledger is sick, the others' events come at once, it is named, and it catches up.
func TestASickLedgerDelaysNobodyAndCatchesUp(t *testing.T) {
	for name, state := range map[string]int32{"refusing": refusing, "swallowing": swallowing} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w, f := flapping(t)
			first := put(w, "trade")
			watch := watching(t, w.Gateway, gateway.EventFilter{})
			until(t, watch, many(1))
			f.state.Store(state)
			missed := []string{put(w, "trade"), put(w, "trade")}
			for range 3 {
				id, begun := put(w, "cbp"), time.Now()
				p := next(t, watch, 30*time.Second)
				if took := time.Since(begun); len(p.Events) != 1 || p.Events[0].ID != id || took > 3*time.Second {
					t.Errorf("%d events after %s, want customs' own at once", len(p.Events), took)
				}
				if s := sourceOf(p, "trade"); s.State != gateway.Unavailable || s.Error == "" {
					t.Errorf("%+v, want trade to be named", s)
				}
			}
			f.state.Store(well)
			if got := of("trade", until(t, watch, many(2))); !slices.Equal(got, missed) {
				t.Errorf("%v, want %v and not %s again", got, missed, first)
			}
		})
	}
}

// Ledgers go down and come back, gateways end and others go on, while two writers write: nothing is lost, and each ledger
// keeps its order. What was told before a gateway ended without its cursor having been kept may come again.
func TestNothingIsLostWhileLedgersFlapAndGatewaysRestart(t *testing.T) {
	w, f := flapping(t)
	want := map[string][]string{}
	var writing sync.WaitGroup
	for _, slug := range []string{"trade", "cbp"} {
		made := make([]gatewaytest.Filed, 40)
		for i := range made {
			made[i] = certificateFor(w, slug)
			want[slug] = append(want[slug], made[i].Record.ID)
		}
		writing.Go(func() {
			for _, m := range made {
				w.Write(slug, m.Record.ID, m.Record)
			}
		})
	}
	cursor, got := "", map[string][]string{}
	for turn := 0; len(got["trade"]) < 40 || len(got["cbp"]) < 40; turn++ {
		if turn > 200 {
			t.Fatalf("trade %d, cbp %d", len(got["trade"]), len(got["cbp"]))
		}
		f.state.Store(int32(turn % 2)) // well, refusing
		watch, err := w.Afresh().Watch(t.Context(), gateway.EventFilter{After: cursor, Limit: 7})
		if err != nil {
			t.Fatal(err)
		}
		for range 2 {
			p := next(t, watch, 50*time.Millisecond)
			for _, e := range p.Events {
				got[e.Ledger] = append(got[e.Ledger], e.ID)
			}
			cursor = p.Next
		}
		watch.Close()
	}
	writing.Wait()
	for slug := range want {
		if !slices.Equal(got[slug], want[slug]) {
			t.Errorf("%s: %v\nwant %v", slug, got[slug], want[slug])
		}
	}
}

// A ledger that could not be asked at "now" is told of from then on when it is back, and not from its beginning.
func TestNowOnASickLedgerIsNowAllTheSame(t *testing.T) {
	w, f := flapping(t)
	put(w, "trade")
	f.state.Store(refusing)
	watch := watching(t, w.Gateway, gateway.EventFilter{After: gateway.Now})
	cursor := next(t, watch, 0).Next
	watch.Close()
	id := put(w, "trade")
	f.state.Store(well)
	for older, want := range map[time.Duration][]string{time.Hour: nil, 0: {id}} { // what stands is old, or was written since
		f.older.Store(int64(older))
		watch := watching(t, w.Gateway, gateway.EventFilter{After: cursor})
		all := until(t, watch, func(_ []gateway.Event, p *gateway.EventPage) bool {
			return len(p.Events) == 0 && sourceOf(p, "trade").State != gateway.Unavailable
		})
		if got := of("trade", all); len(want) == 0 && len(got) != 0 || len(want) != 0 && !slices.Contains(got, id) {
			t.Errorf("%s older: %v, want %v", older, got, want)
		}
		watch.Close()
	}
}

// A chain that was begun anew under the same name is a problem that names it. The others go on, and it is read from its
// beginning for whoever asks for that.
func TestALedgerBegunAnewIsToldAndReadAnewOnRequest(t *testing.T) {
	w := gatewaytest.New(t, gatewaytest.Options{})
	put(w, "trade")
	_, last := drained(t, w.Gateway, gateway.EventFilter{})
	anew := memory.New(memory.Options{ForTesting: true})
	cbp, err := w.Chain("cbp").Connect(nil)
	if err != nil {
		t.Fatal(err)
	}
	g := w.Second(gatewaytest.Reader{Config: adapters.Config{Slug: "trade"}, Chain: anew},
		gatewaytest.Reader{Config: adapters.Config{Slug: "cbp"}, Chain: cbp})
	id := put(w, "cbp")
	watch := watching(t, g, gateway.EventFilter{After: last.Next})
	_, err = watch.Next(t.Context(), time.Minute)
	if p := problemOf(t, err, gateway.CursorMismatch); p.Ledger != "trade" {
		t.Errorf("%+v, want trade to be named", p)
	}
	watch.Leave("trade")
	p := next(t, watch, time.Minute)
	if !slices.Equal(of("cbp", p.Events), []string{id}) || sourceOf(p, "trade").Error != "cursor-invalid" {
		t.Errorf("after leaving trade: %+v", p)
	}
	if all, _ := drained(t, g, gateway.EventFilter{After: last.Next, Anew: []string{"trade"}}); !slices.Equal(of("cbp", all), []string{id}) {
		t.Errorf("with trade begun anew: %+v", all)
	}
	_, again := drained(t, g, gateway.EventFilter{After: last.Next, Anew: []string{"trade"}})
	if all, _ := drained(t, g, gateway.EventFilter{After: again.Next, Anew: []string{"trade"}}); len(all) != 0 {
		t.Errorf("begun anew a second time: %+v", all)
	}
}

// What is configured may change between two uses of a cursor.
func TestACursorOutlastsChangesOfTheConfiguration(t *testing.T) {
	w := gatewaytest.New(t, gatewaytest.Options{})
	old := []string{put(w, "trade"), put(w, "cbp")}
	reader := func(slug string) gatewaytest.Reader {
		chain, err := w.Chain(slug).Connect(nil)
		if err != nil {
			t.Fatal(err)
		}
		return gatewaytest.Reader{Config: adapters.Config{Slug: slug}, Chain: chain}
	}
	_, last := drained(t, w.Second(reader("trade")), gateway.EventFilter{})
	added, last := drained(t, w.Second(reader("trade"), reader("cbp")), gateway.EventFilter{After: last.Next})
	if got := fmt.Sprint(of("trade", added), of("cbp", added)); got != fmt.Sprint([]string(nil), old[1:]) {
		t.Errorf("with cbp added: %s, want all of cbp and nothing of trade", got)
	}
	news := put(w, "trade")
	removed, last := drained(t, w.Second(reader("cbp")), gateway.EventFilter{After: last.Next})
	if len(removed) != 0 {
		t.Errorf("with trade removed: %+v", removed)
	}
	back, _ := drained(t, w.Second(reader("trade"), reader("cbp")), gateway.EventFilter{After: last.Next})
	if got := of("trade", back); !slices.Equal(got, []string{news}) || len(back) != 1 {
		t.Errorf("with trade back: %+v, want only what came since", back)
	}
}

// Who asks while the gateway is about to end is not told that a ledger is sick, which was only not waited for; one that is sick
// is named all the same.
func TestAPageThatIsCutOffCallsNoLedgerSick(t *testing.T) {
	w, f := flapping(t)
	put(w, "trade")
	f.state.Store(swallowing)
	ended, end := context.WithCancel(w.Context())
	end()
	watch := watching(t, w.Gateway, gateway.EventFilter{})
	p, err := watch.Next(ended, time.Minute)
	if err != nil {
		t.Fatal(err)
	}
	if s := sourceOf(p, "trade"); s.State != gateway.NotAsked || s.Error != "" {
		t.Errorf("%+v, want it not asked", s)
	}
	f.state.Store(refusing)
	until(t, watching(t, w.Gateway, gateway.EventFilter{}), func(_ []gateway.Event, p *gateway.EventPage) bool {
		return sourceOf(p, "trade").State == gateway.Unavailable
	})
}
