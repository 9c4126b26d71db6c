package redis

import (
	"strconv"
	"sync"
	"time"
)

// moment is when Redis answered: by its own clock, and by the one here just before it was asked.
type moment struct {
	asked time.Time
	redis int64 // microseconds
}

// clock knows what Redis's clock showed at a moment here that was not earlier.
type clock struct {
	mu    sync.Mutex
	here  time.Time
	redis int64
}

// heard takes the time out of an answer.
func (s *store) heard(asked time.Time, seconds, micros any) (moment, bool) {
	sec, err := strconv.ParseInt(text(seconds), 10, 64)
	sub, failed := strconv.ParseInt(text(micros), 10, 64)
	if err != nil || failed != nil || sec < 0 || sec > 1<<40 || sub < 0 || sub > 999_999 {
		return moment{}, false
	}
	m := moment{asked, sec*1e6 + sub}
	s.clock.mu.Lock()
	defer s.clock.mu.Unlock()
	s.clock.here, s.clock.redis = s.o.Now(), m.redis
	return m, true
}

// of gives a moment here by Redis's clock: at the latest it was then. 0 for none.
func (c *clock) of(t time.Time) int64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	if t.IsZero() || c.redis == 0 {
		return 0
	}
	return c.redis + t.Sub(c.here).Microseconds()
}

// mostSkew is how far the clocks of two gateways may be apart, and so for how long an old place passes for a new one that
// Redis gives back whole, its time with it.
const mostSkew = time.Minute

// when gives the moment here at which the chain spoke last: not before that by Redis's clock. Zero where it cannot be
// told: from a time to come, or of another age by one clock than by the other.
func (s *store) when(p *place, m moment) time.Time {
	if p.at == 0 {
		return time.Time{}
	}
	age := time.Duration(m.redis-p.at) * time.Microsecond
	off := time.Duration(m.asked.UnixMicro()-p.wall)*time.Microsecond - age
	if age < 0 || off > mostSkew || off < -mostSkew {
		s.trouble.skew()
		return time.Time{}
	}
	return m.asked.Add(-age)
}
