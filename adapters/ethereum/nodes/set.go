package nodes

import (
	"context"
	"crypto/sha256"
	"log/slog"
	"sync"

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
