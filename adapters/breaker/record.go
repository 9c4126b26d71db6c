package breaker

import (
	"sync"
	"time"

	"github.com/sony/gobreaker/v2"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// The states.
const (
	Closed   = "closed"    // calls go through
	HalfOpen = "half-open" // one call goes through, and decides
	Open     = "open"      // none goes through
)

// Status is how a breaker stands.
type Status struct {
	State string
	Since time.Time // of the host's clock
	// Successes and Failures are those within the window; of one that is not closed, those within the window when it opened.
	Successes, Failures int
}

// record is what is remembered of the circuit's last turn.
type record struct {
	mu      sync.Mutex
	state   string
	since   time.Time
	tripped time.Time // when it was last closed and opened
	at      gobreaker.Counts
}

func (r *record) counted(c gobreaker.Counts) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.at = c
}

// turn remembers a new state. Only the first opening and the closing are worth a line in the log: a chain that is down
// for a day is probed thousands of times.
func (l *Ledger) turn(from, to string) {
	now := time.Now()
	l.record.mu.Lock()
	l.record.state, l.record.since = to, now
	if from == Closed {
		l.record.tripped = now
	}
	down, failures := now.Sub(l.record.tripped), l.record.at.TotalFailures
	l.record.mu.Unlock()
	switch {
	case from == Closed:
		l.o.Log.Warn("the breaker opened: the ledger is asked no more but to see whether it is back", "failures", failures)
	case to == Closed:
		l.o.Log.Info("the breaker closed: the ledger is asked again", "after", down.Round(time.Millisecond))
	}
	l.o.Changed(from, to)
}

// Status answers how the breaker stands. It asks nobody.
func (l *Ledger) Status() Status {
	_ = l.circuit.State() // a rest that is over ends when somebody looks
	counts := l.circuit.Counts()
	l.record.mu.Lock()
	defer l.record.mu.Unlock()
	if l.record.state != Closed {
		counts = l.record.at
	}
	return Status{l.record.state, l.record.since, int(counts.TotalSuccesses), int(counts.TotalFailures)}
}

// refuse answers at once, and says when it is worth to try again: when the rest is over, or the probe may have ended.
func (l *Ledger) refuse() error {
	l.record.mu.Lock()
	rest := l.o.Rest - time.Since(l.record.since)
	l.record.mu.Unlock()
	return &driver.Error{Code: driver.Unavailable, RetryAfter: max(soonest, rest), Err: ErrOpen}
}

const soonest = 100 * time.Millisecond
