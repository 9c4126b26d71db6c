package nodes

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"sync"
	"time"
)

// answer is what one endpoint said.
type answer[T any] struct {
	node  *Node
	value T
	mark  [sha256.Size]byte
	err   error
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

// patience is how long the others are waited for once enough agree: for their disagreement to be seen. An endpoint that was
// late is not waited for again until sulk has passed, or each read would cost its patience.
const (
	patience = 250 * time.Millisecond
	sulk     = 10 * time.Second
)
