package conformance

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// Options choose what is played, and how.
type Options struct {
	// Seed makes keys, bodies and the order of things. The same seed on a fresh ledger gives the same report; on a
	// ledger that still holds the keys of an earlier run, others are drawn.
	Seed   uint64
	Levels []Level  // none: all
	Cases  []string // the ids of the only cases to play; none: all of the levels
	// Timeout bounds each case; 0: 30 seconds. A tenth of it is what "soon" means, where the interface says it.
	Timeout time.Duration
}

func (o Options) withDefaults() Options {
	if o.Timeout <= 0 {
		o.Timeout = 30 * time.Second
	}
	if len(o.Levels) == 0 {
		o.Levels = Levels()
	}
	return o
}

func (o Options) soon() time.Duration { return o.Timeout / 10 }

func (o Options) chooses(cs Case) bool {
	return slices.Contains(o.Levels, cs.Level) && (len(o.Cases) == 0 || slices.Contains(o.Cases, cs.ID))
}

// unknown fails what is asked for and is no case: a misspelt id that plays nothing must not look like success.
func (o Options) unknown() []Result {
	var out []Result
	for _, id := range o.Cases {
		if !slices.ContainsFunc(Cases(), func(cs Case) bool { return cs.ID == id }) {
			out = append(out, Result{Case: Case{ID: id}, Outcome: Fail,
				Failure: &Failure{Expected: "the id of a case of this suite", Got: "none has it"}})
		}
	}
	return out
}

// Run plays the cases against the driver that the harness makes, one after the other, and reports each. It returns when
// all are done, or when ctx ends: what was not played by then has failed. It writes only to a ledger whose Description
// says ForTesting, and closes what it opened.
func Run(ctx context.Context, h Harness, o Options) *Report {
	o = o.withDefaults()
	r := &run{harness: h.withDefaults(), options: o, draw: draw{seed: o.Seed},
		left: leavings{versions: map[string]uint64{}}}
	report := &Report{Suite: SuiteID{SuiteName, SuiteVersion}, Protocol: ProtocolVersion, Model: ModelVersion, Seed: o.Seed, Levels: o.Levels}
	if h.Mapping != nil {
		report.Mapping = h.Mapping.MappingID
	}
	for _, cs := range Cases() {
		if o.chooses(cs) {
			report.Cases = append(report.Cases, r.play(ctx, cs))
		}
	}
	report.Cases = append(report.Cases, o.unknown()...)
	r.end()
	report.Ledger, report.Left = described(r.described), r.left.list()
	report.Refused, report.Hint = refusal(r.described, report.Cases), r.appends.hint()
	report.Summary = Summarise(report.Cases)
	return report
}

// run is what lasts from case to case.
type run struct {
	harness   Harness
	options   Options
	session   *session
	described driver.Description
	draw      draw
	left      leavings
	appends   tally
}

// play plays one case in a goroutine of its own, so that a driver that never returns costs this case and no other: its
// goroutine is left to itself, with its session, and the next case opens the ledger anew.
func (r *run) play(ctx context.Context, cs Case) Result {
	if r.session == nil {
		r.session = &session{harness: r.harness, left: &r.left, appends: &r.appends, draw: &r.draw}
	}
	ctx, cancel := context.WithTimeout(ctx, r.options.Timeout)
	defer cancel()
	c := newCheck(ctx, r.session, cs, r.options)
	begun := time.Now()
	done := make(chan Result, 1)
	go func() { done <- c.play() }()
	patience := time.NewTimer(r.options.Timeout + r.options.soon())
	defer patience.Stop()
	var result Result
	select {
	case result = <-done:
		if d := r.session.described; !d.Unreached || r.described.Kind == "" {
			r.described = d
		}
	case <-patience.C:
		result = c.failed(failure{"the case ends", fmt.Sprintf("a call had not returned %s after the case's time had run out",
			r.options.soon()), c.last.Load()})
		c.hung.Store(true)
	}
	if c.hung.Load() {
		r.abandon(r.session)
		r.session = nil
	}
	result.Took = time.Since(begun)
	return result
}

// abandon closes a ledger in which a call hangs. Close may hang too, so it is not waited for longer than soon.
func (r *run) abandon(s *session) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		defer func() { _ = recover() }() // the case has failed already
		_ = s.close()
	}()
	patience := time.NewTimer(r.options.soon())
	defer patience.Stop()
	select {
	case <-done:
	case <-patience.C:
	}
}

// end closes the ledger after the last case.
func (r *run) end() {
	if r.session != nil {
		r.abandon(r.session)
	}
}

// refusal says why a ledger that can be written was not.
func refusal(d driver.Description, results []Result) string {
	refused := slices.ContainsFunc(results, func(r Result) bool {
		return r.Needs == NeedWrites || r.Needs == NeedHistory
	})
	if !refused || d.Unreached || !d.Can(driver.AbilityAppend) || d.ForTesting {
		return ""
	}
	return "The ledger is not marked for testing (forTesting), so nothing was written to it, " +
		"and the cases that write were not played."
}
