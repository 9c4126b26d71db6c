package conformance

import "sync/atomic"

// Steps is a case of another suite while it is played: it says at which step it is, what was asked last, and what is
// expected. The first expectation that is not met ends the case.
type Steps struct{ check *check }

// Play plays a case of another suite to its end, in this goroutine, and says how it ended. A panic fails the case.
func Play(cs Case, run func(s *Steps)) Result {
	c := &check{cs: cs, at: &atomic.Int32{}, hung: &atomic.Bool{}}
	return c.guarded(func() Result {
		run(&Steps{c})
		return c.passed()
	})
}

// Step says that the case is now at its nth step, from 1.
func (s *Steps) Step(n int) { s.check.step(n) }

// Asked notes what is asked, to be told of a failure. What came of it is noted by what is given back, in words.
func (s *Steps) Asked(request string) (answered func(answer string)) {
	x := &exchange{request: request, answer: "none"}
	s.check.last.Store(x)
	return func(answer string) { x.answered(answer, nil) }
}

// Fail ends the case.
func (s *Steps) Fail(expected, format string, args ...any) { s.check.fail(expected, format, args...) }

// That expects a condition.
func (s *Steps) That(ok bool, expected, format string, args ...any) {
	s.check.that(ok, expected, format, args...)
}
