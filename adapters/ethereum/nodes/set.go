package nodes

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"log/slog"
	"sync"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// Set is a chain's endpoints and how many of them must agree. What they agree on is the answer; who disagrees, lags or
// says nothing is logged once when it begins and once when it ends, and decides nothing.
type Set struct {
	nodes  []*Node
	quorum int
	log    *slog.Logger

	mu    sync.Mutex
	state map[*Node]trouble
}

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

// NewSet makes a set. quorum is at least 1 and at most the number of nodes.
func NewSet(nodes []*Node, quorum int, log *slog.Logger) *Set {
	return &Set{nodes: nodes, quorum: quorum, log: log, state: map[*Node]trouble{}}
}

// Len is how many endpoints there are, and Quorum how many must agree.
func (s *Set) Len() int { return len(s.nodes) }

// Quorum is how many endpoints must agree.
func (s *Set) Quorum() int { return s.quorum }

// Close closes all connections.
func (s *Set) Close() {
	for _, n := range s.nodes {
		n.Close()
	}
}

// patience is how long the others are waited for once enough agree: for their disagreement to be seen. An endpoint that was
// late is not waited for again until sulk has passed, or each read would cost its patience.
const (
	patience = 250 * time.Millisecond
	sulk     = 10 * time.Second
)

// answer is what one endpoint said.
type answer[T any] struct {
	node  *Node
	value T
	mark  [sha256.Size]byte
	err   error
}

// Agree asks all endpoints the same, and gives what a quorum of them answers.
func Agree[T any](ctx context.Context, s *Set, what string, ask func(context.Context, *Node) (T, error)) (T, error) {
	if len(s.nodes) == 1 {
		return ask(ctx, s.nodes[0])
	}
	all := gather(ctx, s, ask, func(all []answer[T]) bool { return winner(all, s.quorum) != nil })
	won := winner(all, s.quorum)
	if won == nil {
		return none(ctx, s, what, all)
	}
	judge(s, what, all, won)
	return won.value, won.err
}

// gather asks all endpoints, until what came is enough, and then waits a little for who is left.
func gather[T any](ctx context.Context, s *Set, ask func(context.Context, *Node) (T, error), enough func([]answer[T]) bool) []answer[T] {
	inner, cancel := context.WithCancel(ctx)
	var asked sync.WaitGroup
	defer asked.Wait()
	defer cancel()
	answers := make(chan answer[T], len(s.nodes))
	for _, n := range s.nodes {
		asked.Go(func() {
			v, err := ask(inner, n)
			answers <- answer[T]{n, v, markOf(v, err), err}
		})
	}
	var all []answer[T]
	timer := time.NewTimer(askTimeout)
	defer timer.Stop()
	for waits := false; len(all) < len(s.nodes); {
		select {
		case a := <-answers:
			all = append(all, a)
		case <-timer.C:
			return all
		case <-ctx.Done():
			return all
		}
		if !waits && enough(all) {
			waits = true
			timer.Reset(s.wait(nodesOf(all)))
		}
	}
	return all
}

func markOf(v any, err error) [sha256.Size]byte {
	if r := RefusedAs(err); r != nil && r.Kind == Reverted {
		v = r.Data // that a call is reverted is an answer as well
	}
	text, failed := json.Marshal(v)
	if failed != nil {
		return [sha256.Size]byte{}
	}
	return sha256.Sum256(text)
}

func nodesOf[T any](all []answer[T]) map[*Node]bool {
	out := map[*Node]bool{}
	for _, a := range all {
		out[a.node] = true
	}
	return out
}

// wait is how long those who have not answered are waited for.
func (s *Set) wait(answered map[*Node]bool) time.Duration {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, n := range s.nodes {
		if !answered[n] && time.Now().After(s.state[n].till) {
			return patience
		}
	}
	return 0
}

// counts reports whether an answer is one that can be agreed on.
func counts(err error) bool {
	r := RefusedAs(err)
	return err == nil || r != nil && r.Kind == Reverted
}

func winner[T any](all []answer[T], quorum int) *answer[T] {
	votes := map[[sha256.Size]byte]int{}
	for i := range all {
		if !counts(all[i].err) {
			continue
		}
		if votes[all[i].mark]++; votes[all[i].mark] >= quorum {
			return &all[i]
		}
	}
	return nil
}

// none is why no quorum came together: an error that they share, or that they disagree. It is an outage in either case, for
// which of them is right is not known.
func none[T any](ctx context.Context, s *Set, what string, all []answer[T]) (T, error) {
	var zero T
	if err := driver.FromContext(ctx); err != nil {
		return zero, err
	}
	differ, failed := map[[sha256.Size]byte]bool{}, error(nil)
	for _, a := range all {
		if counts(a.err) {
			differ[a.mark] = true
		} else if failed == nil {
			failed = a.err
		}
	}
	if len(differ) > 1 {
		s.log.Error("Ethereum endpoints disagree, and no quorum decides", "about", what, "answers", len(differ), "quorum", s.quorum)
		return zero, outage(driver.Unavailable, errNoQuorum(what, s.quorum, len(s.nodes)))
	}
	if failed != nil {
		return zero, failed
	}
	return zero, outage(driver.Unavailable, errNoQuorum(what, s.quorum, len(s.nodes)))
}

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

// Troubled says what is wrong with endpoints now, by host.
func (s *Set) Troubled() map[string]string {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := map[string]string{}
	for n, t := range s.state {
		if t.what != "" {
			out[n.name] = t.what + ": " + t.about
		}
	}
	return out
}
