package nodes

import (
	"context"
	"log/slog"
	"time"
)

// trouble is what is wrong with an endpoint; empty: nothing.
type trouble struct {
	what, about string
	till        time.Time // until when nobody waits for it
}

// What may be wrong with an endpoint.
const (
	fails     = "fails"
	disagrees = "disagrees with the others"
	late      = "is late"
	behind    = "is behind the others"
)

// judge notes who did not say what the quorum said.
func judge[T any](s *Set, what string, all []answer[T], won *answer[T]) {
	heard := nodesOf(all)
	for _, a := range all {
		switch {
		case !counts(a.err):
			s.note(a.node, fails, what, a.err)
		case a.mark != won.mark:
			s.note(a.node, disagrees, what, nil)
		default:
			s.note(a.node, "", what, nil)
		}
	}
	for _, n := range s.nodes {
		if !heard[n] {
			s.note(n, late, what, nil)
		}
	}
}

// note logs when the state of an endpoint changes. Trouble ends only where it was found: an endpoint that lies about logs may
// well agree about the head.
func (s *Set) note(n *Node, is, what string, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	was := s.state[n]
	if is == "" {
		if was.what != "" && was.about == what {
			delete(s.state, n)
			s.log.Info("Ethereum endpoint agrees again", "node", n.name, "about", what)
		}
		return
	}
	now := trouble{what: is, about: what}
	if is == late {
		now.till = time.Now().Add(sulk)
	}
	s.state[n] = now
	if was.what == is && was.about == what {
		return
	}
	level := slog.LevelWarn
	if is == disagrees {
		level = slog.LevelError
	}
	s.log.Log(context.Background(), level, "Ethereum endpoint "+is, "node", n.name, "about", what, "error", err)
}
