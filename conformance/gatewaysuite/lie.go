package gatewaysuite

import (
	"context"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// lie is what a node shows of one key in the place of the truth.
type lie struct {
	absent bool
	newest uint64            // shown as the newest; 0: the chain's own
	hidden uint64            // a version that is shown nowhere
	listed uint64            // the last version that is listed, whatever is shown; 0: all
	bodies map[uint64][]byte // shown as these versions, which may be newer than all that stand
	faced  bool              // listed are the chain's own bodies, whatever is shown
}

// Get answers one version, as the node tells it.
func (n *node) Get(ctx context.Context, ref driver.Ref) (*driver.Entry, error) {
	l, lied := n.lieAbout(ref.Key)
	if !lied {
		return n.Ledger.Get(ctx, ref)
	}
	top, err := n.top(ctx, ref.Key, l)
	if err != nil {
		return nil, err
	}
	if ref.Version == 0 {
		ref.Version = top
	}
	if ref.Version > top || l.absent || ref.Version == l.hidden {
		return nil, driver.Errorf(driver.NotFound, "no such version")
	}
	return n.shown(ctx, ref, l)
}

// Versions lists what Get shows, or less.
func (n *node) Versions(ctx context.Context, key string, after uint64, limit int) ([]*driver.Entry, error) {
	l, lied := n.lieAbout(key)
	if !lied {
		return n.Ledger.Versions(ctx, key, after, limit)
	}
	last, err := n.top(ctx, key, l)
	if err != nil || l.absent {
		return nil, err
	}
	if l.listed > 0 {
		last = l.listed
	}
	if l.faced {
		l.bodies = nil
	}
	if limit < 1 {
		limit = pageSize
	}
	return n.list(ctx, key, after+1, min(last, after+uint64(limit)), l)
}

// list gives the versions from one to another, but for a hidden one.
func (n *node) list(ctx context.Context, key string, from, to uint64, l lie) ([]*driver.Entry, error) {
	page := []*driver.Entry{}
	for v := from; v <= to; v++ {
		if v == l.hidden {
			continue
		}
		e, err := n.shown(ctx, driver.Ref{Key: key, Version: v}, l)
		if err != nil {
			return nil, err
		}
		page = append(page, e)
	}
	return page, nil
}

func (n *node) lieAbout(key string) (lie, bool) {
	n.mu.Lock()
	defer n.mu.Unlock()
	l, ok := n.lies[key]
	return l, ok
}

// top is the newest version that is shown.
func (n *node) top(ctx context.Context, key string, l lie) (uint64, error) {
	e, err := n.Ledger.Get(ctx, driver.Ref{Key: key})
	if err != nil {
		return 0, err
	}
	top := e.Version
	for v := range l.bodies {
		top = max(top, v)
	}
	if l.newest > 0 {
		top = l.newest
	}
	return top, nil
}

// shown is a version with the body that is told; one that does not stand is put where the newest stands.
func (n *node) shown(ctx context.Context, ref driver.Ref, l lie) (*driver.Entry, error) {
	e, err := n.Ledger.Get(ctx, ref)
	body, told := l.bodies[ref.Version]
	if driver.CodeOf(err) == driver.NotFound && told {
		e, err = n.Ledger.Get(ctx, driver.Ref{Key: ref.Key})
	}
	if err != nil {
		return nil, err
	}
	e.Version = ref.Version
	if told {
		e.Body = body
	}
	return e, nil
}
