package main

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"time"
)

// report is what a run came to.
type report struct {
	options
	load     *load
	readings []reading
	events   bool
	lost     []string
	untold   int
}

// What memory and goroutines may grow by from the second fifth of the time to the last: a share, and an amount for what
// a short run still fills: caches, and tables of the store.
const (
	growth        = 1.25
	spareBytes    = 32 << 20
	spareRoutines = 60
)

func (r *report) print(out io.Writer) {
	say := func(format string, args ...any) { _, _ = fmt.Fprintf(out, format+"\n", args...) }
	say("%-26s %9s %9s %6s %9s %9s", "asked for", "right", "away", "cut", "median", "p99")
	by := r.load.tally.by
	for _, name := range slices.Sorted(maps.Keys(by)) {
		c := by[name]
		say("%-26s %9d %9d %6d %9s %9s", name, c.right, c.away, c.cut, brief(quantile(c.took, 0.5)), brief(quantile(c.took, 0.99)))
	}
	say("")
	say("%-26s %9s %9s %9s %9s %9s", "by fifths of the time", "1st", "2nd", "3rd", "4th", "5th")
	r.fifths(out, "resident memory, MiB", resident, 1<<20)
	r.fifths(out, "goroutines", routines, 1)
	say("")
	say("acknowledged %d, lost %d; wrong answers %d; gateway killed %d times, a node %d times, over %v", len(r.load.book.items()), len(r.lost),
		r.load.tally.wrong, len(gatewayDies)+1, len(nodeDies), r.For)
	if r.events {
		say("events: of %d records a watcher was told of all but %d", len(r.load.book.items()), r.untold)
	} else {
		say("events: not watched, this gateway does not offer them")
	}
}

func (r *report) fifths(out io.Writer, what string, of func(reading) float64, unit float64) {
	_, _ = fmt.Fprintf(out, "%-26s", what)
	for fifth := range 5 {
		_, _ = fmt.Fprintf(out, " %9.0f", median(r.readings, of, fifth, r.For)/unit)
	}
	_, _ = fmt.Fprintln(out)
}

func brief(d time.Duration) string { return d.Round(10 * time.Microsecond).String() }

// judge is what failed.
func (r *report) judge() error {
	var all []error
	for _, w := range r.load.tally.wrongs {
		all = append(all, errors.New("wrong answer: "+w))
	}
	for _, l := range r.lost[:min(len(r.lost), keptWrongs)] {
		all = append(all, errors.New("acknowledged and lost: "+l))
	}
	if r.untold > 0 {
		all = append(all, fmt.Errorf("a watcher was never told of %d records", r.untold))
	}
	all = append(all, r.grew("resident memory", resident, spareBytes), r.grew("goroutines", routines, spareRoutines))
	for _, k := range kinds() {
		if c := r.load.tally.by[k.name]; c == nil || c.right == 0 {
			all = append(all, fmt.Errorf("no answer was right: %s", k.name))
		}
	}
	return errors.Join(all...)
}

// grew compares the last fifth of the time with the second one.
func (r *report) grew(what string, of func(reading) float64, spare float64) error {
	before, after := median(r.readings, of, 1, r.For), median(r.readings, of, 4, r.For)
	switch {
	case before == 0 || after == 0:
		return fmt.Errorf("%s: the gateway's metrics do not tell it", what)
	case after > before*growth+spare:
		return fmt.Errorf("%s grew from %.0f to %.0f", what, before, after)
	}
	return nil
}
