package conformance

import (
	"fmt"
	"sync"
	"time"
)

// part is the check for a goroutine of its own: what it asks is told from what others ask meanwhile.
func (c *check) part() *check {
	return &check{ctx: c.ctx, session: c.session, cs: c.cs, soon: c.soon, rand: c.rand, at: c.at, hung: c.hung, parent: c}
}

// within expects f to return in time, and otherwise leaves it to itself.
func (c *check) within(d time.Duration, doing string, f func()) {
	done := make(chan any, 1)
	go func() {
		defer func() { done <- c.located(recover()) }()
		f()
	}()
	patience := time.NewTimer(d)
	defer patience.Stop()
	select {
	case p := <-done:
		if p != nil {
			panic(p)
		}
	case <-patience.C:
		c.hung.Store(true)
		c.fail(fmt.Sprintf("%s returns within %s", doing, d), "it had not returned")
	}
}

// together calls f for 0 to n-1, all at once, each with a part of the check, and waits for all.
func (c *check) together(n int, f func(c *check, i int)) {
	var begin, end sync.WaitGroup
	begin.Add(1)
	panics := make([]any, n)
	for i := range n {
		end.Go(func() {
			part := c.part()
			defer func() { panics[i] = part.located(recover()) }()
			begin.Wait()
			f(part, i)
		})
	}
	begin.Done()
	end.Wait()
	for _, p := range panics {
		if p != nil {
			panic(p)
		}
	}
}
