package conformance

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync/atomic"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// check is one case being played: what its function is given, and what it says what it expects with. The first
// expectation that is not met ends the case.
type check struct {
	ctx     context.Context
	session *session
	cs      Case
	soon    time.Duration
	rand    *rand.Rand
	at      *atomic.Int32 // the step, from 1
	hung    *atomic.Bool  // a call did not return: the session is not used again

	last   atomic.Pointer[exchange] // the call that began last
	parent *check                   // whose part this is, where a case does several things at once
}

// failure ends a case. It travels as a panic from where it is met to play, as t.FailNow does by other means.
type failure struct {
	expected, got string
	last          *exchange
}

func newCheck(ctx context.Context, s *session, cs Case, o Options) *check {
	return &check{ctx: ctx, session: s, cs: cs, soon: o.soon(), at: &atomic.Int32{}, hung: &atomic.Bool{}}
}

// play plays the case on the session's ledger, which is opened first.
func (c *check) play() Result {
	return c.guarded(func() Result {
		if err := c.session.open(c.ctx); err != nil {
			return c.failed(failure{"the ledger opens", err.Error(), nil})
		}
		c.session.described = c.ledger().Describe()
		if need := c.cs.missing(c.session.harness, c.session.described); need != "" {
			return Result{Case: c.cs, Outcome: NotOffered, Needs: need}
		}
		c.rand = c.session.draw.of(c, c.cs.ID)
		c.cs.run(c)
		return c.passed()
	})
}

// guarded turns a panic, of the suite's own kind or of what is under test, into the case's failure.
func (c *check) guarded(run func() Result) (result Result) {
	defer func() {
		switch p := c.located(recover()).(type) {
		case failure:
			result = c.failed(p)
		case crash:
			result = c.failed(failure{"no panic", p.String(), p.last})
		}
	}()
	return run()
}

func (c *check) passed() Result {
	return Result{Case: c.cs, Outcome: Pass, reached: int(c.at.Load())}
}

func (c *check) failed(f failure) Result {
	at := int(c.at.Load())
	request, answer := f.last.texts()
	result := Result{Case: c.cs, Outcome: Fail, Failure: &Failure{Step: at, Request: tellable(request),
		Answer: tellable(answer), Expected: tellable(f.expected), Got: tellable(f.got)}}
	if at > 0 {
		result.Failure.Doing = c.cs.Steps[at-1]
	}
	return result
}

// step says that the case is now at its nth step.
func (c *check) step(n int) { c.at.Store(int32(n)) }

func (c *check) ledger() driver.Ledger { return asked{c.session.current(), c} }

// fail ends the case.
func (c *check) fail(expected, format string, args ...any) {
	panic(failure{expected, fmt.Sprintf(format, args...), c.last.Load()})
}

// that expects a condition.
func (c *check) that(ok bool, expected, format string, args ...any) {
	if !ok {
		c.fail(expected, format, args...)
	}
}

// must expects no error.
func (c *check) must(err error, doing string) {
	if err != nil {
		c.fail(doing+" succeeds", "%s", saying(err))
	}
}

// code expects an error with one of the codes. One that is no *driver.Error has no code to act on.
func (c *check) code(err error, doing string, codes ...driver.Code) {
	var e *driver.Error
	switch refused := doing + " is refused as " + anyOf(codes); {
	case err == nil:
		c.fail(refused, "no error")
	case !errors.As(err, &e):
		c.fail(refused, "an error without a code, from which nobody can tell what it says of the ledger: %s", err)
	case !slices.Contains(codes, e.Code):
		c.fail(refused, "%s", saying(err))
	}
}
