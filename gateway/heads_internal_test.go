package gateway

import (
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/trust"
)

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

func at(height uint64, chainTime time.Time) trust.AsOf {
	return trust.AsOf{Ledger: "urn:trade", Height: height, ChainTime: chainTime, Final: true}
}

func TestAnAgeIsMeasuredOnTheChainsOwnClock(t *testing.T) {
	const hour = time.Hour
	for _, c := range []struct {
		name string
		seen []trust.AsOf // before
		read trust.AsOf
		now  time.Time
		want int64 // seconds; -1 for none
	}{
		{"nothing was seen before: by the host's clock", nil, at(7, noon), noon.Add(time.Minute), 60},
		{"a newer block was seen", []trust.AsOf{at(9, noon.Add(hour))}, at(7, noon), noon.Add(5 * hour), 3600},
		{"the newest of several counts", []trust.AsOf{at(9, noon.Add(hour)), at(8, noon.Add(time.Minute))}, at(7, noon), noon, 3600},
		{"an older block was seen", []trust.AsOf{at(3, noon.Add(-hour))}, at(7, noon), noon.Add(time.Second), 1},
		{"the host's clock is behind the chain's", nil, at(7, noon), noon.Add(-hour), 0},
		{"a chain that tells no time", nil, at(7, time.Time{}), noon, -1},
	} {
		t.Run(c.name, func(t *testing.T) {
			var h heads
			for _, p := range c.seen {
				h.aged("trade", p, c.now)
			}
			got := h.aged("trade", c.read, c.now)
			if got.Height != c.read.Height || !got.Final || got.Ledger != c.read.Ledger {
				t.Errorf("%+v speaks of another block", got)
			}
			if age := seconds(got.Age); age != c.want {
				t.Errorf("%d s old, want %d", age, c.want)
			}
		})
	}
}

func seconds(age *int64) int64 {
	if age == nil {
		return -1
	}
	return *age
}

func TestTheNewestBlockIsRememberedAndNeverAnOlderOne(t *testing.T) {
	var h heads
	if h.of("trade") != nil {
		t.Error("a ledger that was never seen has a head")
	}
	for _, height := range []uint64{5, 9, 7} {
		h.see("trade", asOfHeight(height))
	}
	if got := h.of("trade"); got == nil || got.Height != 9 {
		t.Errorf("head %+v, want height 9", got)
	}
	if h.of("cbp") != nil {
		t.Error("a head is another ledger's")
	}
}

func asOfHeight(n uint64) trust.AsOf { return trust.AsOf{Height: n, ChainTime: noon, Final: true} }
