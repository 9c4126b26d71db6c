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

func provisional(at trust.AsOf) trust.AsOf {
	at.Final = false
	return at
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
		{"nothing newer is known, whatever the host's clock says", nil, at(7, noon), noon.Add(hour), 0},
		{"a newer block was seen", []trust.AsOf{at(9, noon.Add(hour))}, at(7, noon), noon.Add(5 * hour), 3600},
		{"the newest of several counts", []trust.AsOf{at(9, noon.Add(hour)), at(8, noon.Add(time.Minute))}, at(7, noon), noon, 3600},
		{"an older block was seen", []trust.AsOf{at(3, noon.Add(-hour))}, at(7, noon), noon.Add(time.Second), 0},
		{"what may still go away is none to measure by", []trust.AsOf{provisional(at(9, noon.Add(hour)))}, at(7, noon), noon, 0},
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
	if h.of("trade", noon) != nil {
		t.Error("a ledger that was never seen has a head")
	}
	for _, height := range []uint64{5, 9, 7} {
		h.see("trade", asOfHeight(height), noon)
	}
	if got := h.of("trade", noon); got == nil || got.Height != 9 {
		t.Errorf("head %+v, want height 9", got)
	}
	if h.of("cbp", noon) != nil {
		t.Error("a head is another ledger's")
	}
}

func asOfHeight(n uint64) trust.AsOf { return trust.AsOf{Height: n, ChainTime: noon, Final: true} }

// A ledger that is silent tells no time. What is remembered of it grows older all the same, by the time that passes here,
// and a clock that is put back or forward by an hour makes nothing younger than it is.
func TestWhatIsRememberedGrowsOlderWhileItsLedgerIsSilent(t *testing.T) {
	remembered := asOfHeight(5)
	for _, c := range []struct {
		name      string
		head      *trust.AsOf // seen at noon of the host's clock
		witnessed time.Time
		now       time.Time
		want      int64
	}{
		{"the ledger was heard until now", &trust.AsOf{Height: 9, ChainTime: noon.Add(time.Minute), Final: true}, noon, noon, 60},
		{"it has been silent for two minutes", &trust.AsOf{Height: 9, ChainTime: noon.Add(time.Minute), Final: true}, noon, noon.Add(2 * time.Minute), 180},
		{"nothing was heard of it since the start", nil, noon.Add(-time.Hour), noon, 3600},
		{"an older head is known only", &trust.AsOf{Height: 3, ChainTime: noon.Add(-time.Hour), Final: true}, noon.Add(-time.Minute), noon, 60},
		{"the host's clock was put back", &trust.AsOf{Height: 9, ChainTime: noon.Add(time.Minute), Final: true}, noon, noon.Add(-time.Hour), 60},
		{"the host's clock was an hour ahead when it was witnessed", nil, noon.Add(time.Hour), noon, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			var h heads
			if c.head != nil {
				h.see("trade", *c.head, noon)
			}
			if got := h.remembered("trade", remembered, c.witnessed, c.now); seconds(got.Age) != c.want || got.Height != 5 {
				t.Errorf("%+v, %d s old, want %d", got, seconds(got.Age), c.want)
			}
		})
	}
}
