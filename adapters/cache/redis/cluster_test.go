package redis_test

import (
	"strings"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/adapters/cache"
	"github.com/ftagateway/ftagateway/adapters/cache/cachetest"
	"github.com/ftagateway/ftagateway/adapters/cache/redis"
	"github.com/ftagateway/ftagateway/adapters/cache/redis/redistest"
)

// One cluster of three masters, with a replica each, is what all of this is tried on.
func TestACluster(t *testing.T) {
	if testing.Short() {
		t.Skip("six servers take seconds to find each other: left to a test that is not -short")
	}
	c := redistest.StartCluster(t, 3, true)
	for _, try := range []struct {
		what string
		run  func(t *testing.T, c *redistest.Cluster)
	}{
		{"it keeps the rules", clusterKeepsTheRules},
		{"a ledger stands on one master", aLedgerStandsOnOneMaster},
		{"a node that is named alone says so", aNodeThatIsNamedAlone},
		{"no replica serves older than the bound", func(t *testing.T, c *redistest.Cluster) { replicas(t, 2, c) }},
		{"a master that hangs", aMasterThatHangs},
		{"a slot moves", aSlotMoves},
		{"a master dies", aMasterDies},
		{"what was not replicated is lost", whatWasNotReplicatedIsLost},
	} {
		t.Run(try.what, func(t *testing.T) { try.run(t, c) })
	}
}

func clusterKeepsTheRules(t *testing.T, c *redistest.Cluster) {
	r := open(t, c.URL())
	cachetest.Run(t, func(*testing.T) cache.Store { return r.For(another()) })
}

// All that a script touches is on one node, and ledgers are on all of them.
func aLedgerStandsOnOneMaster(t *testing.T, c *redistest.Cluster) {
	r, holders := open(t, c.URL()), map[int]bool{}
	for i := 0; i < 100 && len(holders) < len(c.Masters); i++ {
		c.Lose(t)
		g := &growing{store: r.For(another())}
		for range 2 {
			must(t, g.step(t.Context()))
		}
		holders[c.Holder(t)] = true
	}
	if len(holders) != len(c.Masters) {
		t.Errorf("a hundred ledgers stand on masters %v", holders)
	}
}

// Whoever forgot to say that it is a cluster is told so, by the first ledger that stands on another node.
func aNodeThatIsNamedAlone(t *testing.T, c *redistest.Cluster) {
	r := open(t, c.Masters[0].URL())
	eventually(t, "a ledger stands elsewhere", func() bool {
		_, err := r.For(another()).State(t.Context())
		return err != nil && strings.Contains(err.Error(), "?addr=")
	})
}

// A master that hangs costs the ledgers that stand on others nothing: they are answered from Redis, and at once.
func aMasterThatHangs(t *testing.T, c *redistest.Cluster) {
	r := open(t, c.URL(), func(o *redis.Options) { o.Timeout, o.Pause = readerWaits, time.Minute })
	hung, well := onOtherMasters(t, c, r)
	c.Masters[hung.master].Pause(t)
	defer c.Settled(t)
	defer c.Masters[hung.master].Resume(t)
	slow := 0
	for range 20 {
		began := time.Now()
		if hung.check(t.Context(), t, hung.store, 1) {
			t.Error("a master that hangs answered")
		}
		if time.Since(began) >= readerWaits {
			slow++
		}
		for i := range 5 {
			if !well.check(t.Context(), t, well.store, i) && changes(i, well.at) {
				t.Errorf("%s is not known, which stands on a master that is well", growingKey(i))
			}
		}
	}
	if slow < 1 || slow > 3 {
		t.Errorf("%d readers waited for a master that hangs, want the first three", slow)
	}
}

// standing is a ledger with the number of its master.
type standing struct {
	*growing
	master int
}

func onOtherMasters(t *testing.T, c *redistest.Cluster, r *redis.Redis) (a, b standing) {
	t.Helper()
	next := func() standing {
		c.Lose(t)
		g := &growing{store: r.For(another())}
		must(t, g.step(t.Context()))
		return standing{g, c.Holder(t)}
	}
	a, b = next(), next()
	for b.master == a.master {
		b = next()
	}
	return a, b
}

// A ledger moves to another master, value by value, while it is read and followed.
func aSlotMoves(t *testing.T, c *redistest.Cluster) {
	c.Lose(t)
	name := another()
	hasty := func(o *redis.Options) { o.Timeout, o.Pause = readerWaits, readerWaits }
	g, reader := &growing{store: open(t, c.URL(), hasty).For(name)}, open(t, c.URL(), hasty).For(name)
	for range 2 {
		must(t, g.step(t.Context()))
	}
	from := c.Holder(t)
	to := (from + 1) % len(c.Masters)
	c.MoveSlot(t, c.Name(t, from), from, to, func() {
		_ = g.step(t.Context())
		for i := range 5 {
			g.check(t.Context(), t, reader, i)
		}
	})
	stepUntil(t, g, "it is followed on the other master", func() bool { return g.failed == nil })
	eventually(t, "it is answered from there", func() bool { return g.checkAll(t, reader) > manyKeys/2 })
	if holder := c.Holder(t); holder != to {
		t.Errorf("it stands on master %d, want %d", holder, to)
	}
	c.MoveSlot(t, c.Name(t, to), to, from, func() {})
}
