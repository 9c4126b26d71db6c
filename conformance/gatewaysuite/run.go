package gatewaysuite

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/ftagateway/ftagateway/conformance"
)

// Options choose what is played, and how.
type Options struct {
	// Seed makes entry numbers, ids and the order of things. Keys, salts, digests and times are new in every run: a
	// failure that quotes one differs by it, and nothing else of two reports of one seed does.
	Seed   uint64
	Levels []conformance.Level // none: all
	Cases  []string            // the ids of the only cases to play; none: all of the levels
	// Timeout bounds each case; 0: 30 seconds.
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

func (o Options) chooses(cs Case) bool {
	return slices.Contains(o.Levels, cs.Level) && (len(o.Cases) == 0 || slices.Contains(o.Cases, cs.ID))
}

// unknown fails what is asked for and is no case: a misspelt id that plays nothing must not look like success.
func (o Options) unknown() []conformance.Result {
	var out []conformance.Result
	for _, id := range o.Cases {
		if _, known := Suite().Case(id); !known {
			out = append(out, conformance.Result{Case: conformance.Case{ID: id}, Outcome: conformance.Fail,
				Failure: &conformance.Failure{Expected: "the id of a case of this suite", Got: "none has it"}})
		}
	}
	return out
}

// Run plays the cases against the gateway that the harness opens, one after the other in one world, and reports each. It
// returns when all are done, or when ctx ends: what was not played by then has failed. It closes what it opened; its
// folder is gone afterwards. The error is for a world that cannot be made on this machine, and says nothing of a gateway.
func Run(ctx context.Context, h Harness, o Options) (_ *conformance.Report, err error) {
	o = o.withDefaults()
	s, err := newStage()
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, s.close()) }()
	r := &run{harness: h, options: o, stage: s}
	defer func() { _ = r.end() }() // the report is made by then
	report := &conformance.Report{
		Suite: Suite().SuiteID, Protocol: Interface, Model: conformance.ModelVersion,
		Seed: o.Seed, Levels: o.Levels, Gateway: h.Name, Left: []conformance.Left{},
	}
	for _, cs := range Cases() {
		if o.chooses(cs) {
			report.Cases = append(report.Cases, r.play(ctx, cs))
		}
	}
	report.Cases = append(report.Cases, o.unknown()...)
	report.Summary = conformance.Summarise(report.Cases)
	return report, nil
}

// run is what lasts from case to case: the world, and the gateway that is open on it.
type run struct {
	harness Harness
	options Options
	stage   *stage
	gateway *Gateway
	admits  bool // the partners' capabilities were handed over
}

// play plays one case. All that it waits for ends with its context, so that a gateway which never answers costs this
// case and no other.
func (r *run) play(ctx context.Context, cs Case) conformance.Result {
	ctx, cancel := context.WithTimeout(ctx, r.options.Timeout)
	defer cancel()
	begun := time.Now()
	result := conformance.Play(cs.Case, func(s *conformance.Steps) {
		c := &check{Steps: s, ctx: ctx, run: r, stage: r.stage, rand: seeded(r.options.Seed, cs.ID)}
		defer r.stage.heal()
		c.open()
		if cs.missing(r.gateway) {
			return
		}
		cs.run(c)
	})
	if r.gateway != nil && cs.missing(r.gateway) {
		result = conformance.Result{Case: cs.Case, Outcome: conformance.NotOffered, Needs: NeedLog}
	}
	result.Took = time.Since(begun)
	return result
}

// end closes the gateway. One that does not end in the time of a case is left to itself.
func (r *run) end() error {
	g := r.gateway
	r.gateway = nil
	if g == nil {
		return nil
	}
	ended := make(chan error, 1)
	go func() { ended <- g.Close() }()
	patience := time.NewTimer(r.options.Timeout)
	defer patience.Stop()
	select {
	case err := <-ended:
		return err
	case <-patience.C:
		return fmt.Errorf("it had not ended after %s", r.options.Timeout)
	}
}
