package nodes

import (
	"context"
	"fmt"
	"slices"
)

func errNoQuorum(what string, quorum, of int) error {
	return fmt.Errorf("%s: no %d of %d endpoints agree", what, quorum, of)
}

// lag is how many blocks an endpoint may stand behind the others before that is told.
const lag = 16

// Block gives the block that a quorum has at a height; nil where they have none.
func (s *Set) Block(ctx context.Context, height uint64) (*Block, error) {
	return Agree(ctx, s, "a block", func(ctx context.Context, n *Node) (*Block, error) { return n.Block(ctx, Height(height)) })
}

// Backed gives the block that a quorum has at a height, as Block does, with the names of the endpoints that have it: their
// hosts, or "ipc".
func (s *Set) Backed(ctx context.Context, height uint64) (*Block, []string, error) {
	const what = "a block"
	ask := func(ctx context.Context, n *Node) (*Block, error) { return n.Block(ctx, Height(height)) }
	all := gather(ctx, s, ask, func(all []answer[*Block]) bool { return winner(all, s.quorum) != nil })
	won := winner(all, s.quorum)
	if won == nil {
		_, err := none(ctx, s, what, all)
		return nil, nil, err
	}
	judge(s, what, all, won)
	var names []string
	for _, a := range all {
		if counts(a.err) && a.mark == won.mark {
			names = append(names, a.node.name)
		}
	}
	return won.value, names, won.err
}

// Head gives the highest block that a quorum has reached under a tag ("latest", "safe", "finalized"); nil where a quorum
// has none. Endpoints are seldom at the same block, so that each is asked for its own head first, and then all for the
// block that enough of them have.
func (s *Set) Head(ctx context.Context, tag string) (*Block, error) {
	if len(s.nodes) == 1 {
		return s.nodes[0].Block(ctx, tag)
	}
	reached, err := s.reached(ctx, tag)
	if err != nil || reached == nil {
		return nil, err
	}
	return Agree(ctx, s, "a block", func(ctx context.Context, n *Node) (*Block, error) { return n.Block(ctx, Height(*reached)) })
}

// reached is the height that a quorum has reached; nil where a quorum says that there is none.
func (s *Set) reached(ctx context.Context, tag string) (*uint64, error) {
	ask := func(ctx context.Context, n *Node) (*Block, error) { return n.Block(ctx, tag) }
	all := gather(ctx, s, ask, func(all []answer[*Block]) bool { return len(heightsOf(all)) >= s.quorum })
	heights := heightsOf(all)
	if len(heights) < s.quorum {
		_, err := none(ctx, s, "the head", all)
		return nil, err
	}
	at := heights[s.quorum-1]
	for _, a := range all {
		switch {
		case a.err != nil:
			s.note(a.node, fails, "the head", a.err)
		case at != nil && (a.value == nil || a.value.Height+lag < *at):
			s.note(a.node, behind, "the head", nil)
		default:
			s.note(a.node, "", "the head", nil)
		}
	}
	return at, nil
}

// heightsOf sorts the heights of those who answered, highest first and none last.
func heightsOf(all []answer[*Block]) []*uint64 {
	var out []*uint64
	for _, a := range all {
		switch {
		case a.err != nil:
		case a.value == nil:
			out = append(out, nil)
		default:
			out = append(out, &a.value.Height)
		}
	}
	slices.SortFunc(out, func(a, b *uint64) int {
		switch {
		case a == nil || b == nil:
			return boolInt(a == nil) - boolInt(b == nil)
		case *a == *b:
			return 0
		}
		return boolInt(*a < *b)*2 - 1
	})
	return out
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}
