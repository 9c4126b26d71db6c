package main

import (
	"bytes"
	"context"
	"slices"
	"strconv"
	"strings"
	"time"
)

// reading is what the gateway's metrics said at one moment.
type reading struct {
	at                 time.Duration // since the load began
	resident, routines float64
}

// measure reads the metrics all the while, until ctx ends.
func (l *load) measure(ctx context.Context, every time.Duration) (all []reading) {
	began := time.Now()
	for wait(ctx, every) {
		a, err := l.get(ctx, "/metrics")
		if err != nil || a.status != 200 {
			continue // while it is killed; none at all is told at the end
		}
		r := reading{at: time.Since(began), resident: metric(a.body, "process_resident_memory_bytes"), routines: metric(a.body, "go_goroutines")}
		all = append(all, r)
	}
	return all
}

// metric finds a metric without labels; 0 where it is not there.
func metric(text []byte, name string) float64 {
	for line := range bytes.Lines(text) {
		if value, ok := strings.CutPrefix(string(line), name+" "); ok {
			v, _ := strconv.ParseFloat(strings.TrimSpace(value), 64)
			return v
		}
	}
	return 0
}

// median of one value within a fifth of the time, the first being 0.
func median(all []reading, of func(reading) float64, fifth int, whole time.Duration) float64 {
	var values []float64
	for _, r := range all {
		if int(5*r.at/whole) == fifth {
			values = append(values, of(r))
		}
	}
	if len(values) == 0 {
		return 0
	}
	slices.Sort(values)
	return values[len(values)/2]
}

func resident(r reading) float64 { return r.resident }
func routines(r reading) float64 { return r.routines }
