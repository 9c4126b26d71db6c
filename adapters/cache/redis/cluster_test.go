package redis_test

import (
	"testing"

	"github.com/ftagateway/ftagateway/adapters/cache"
	"github.com/ftagateway/ftagateway/adapters/cache/cachetest"
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
