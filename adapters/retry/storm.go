package retry

import "sync"

// storm keeps attempts at a chain that fails for many from multiplying its load, as gRPC's retry throttling does: a failure
// costs a token, a success earns a tenth of one, and with half of them gone nothing is asked again.
type storm struct {
	mu     sync.Mutex
	tokens float64
}

const (
	mostTokens = 10
	earned     = 0.1
)

func newStorm() *storm { return &storm{tokens: mostTokens} }

// note counts an attempt, and reports whether another may follow.
func (s *storm) note(succeeded, failed bool) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case failed:
		s.tokens = max(0, s.tokens-1)
	case succeeded:
		s.tokens = min(mostTokens, s.tokens+earned)
	}
	return s.tokens > mostTokens/2
}
