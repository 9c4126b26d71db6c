package evidencetest

import (
	"sync/atomic"
	"time"
)

// Clock shows the time of day, moved by as much as a test likes. The zero value shows the true time.
type Clock struct{ ahead atomic.Int64 }

// Now is the time that the clock shows.
func (c *Clock) Now() time.Time { return time.Now().Add(time.Duration(c.ahead.Load())) }

// Advance moves the clock.
func (c *Clock) Advance(d time.Duration) { c.ahead.Add(int64(d)) }
