// Package cachetest holds every cache.Store to the same rules. A store's own test is one call of Run.
package cachetest

import (
	"testing"

	"github.com/ftagateway/ftagateway/adapters/cache"
)

// Open answers the store of a chain that was never kept before. What it begins it ends by t.Cleanup.
type Open func(t *testing.T) cache.Store

// Run tries a store on every rule of cache.Store. Each is a test by itself, so that one that is broken names its rule.
func Run(t *testing.T, open Open) {
	for _, c := range []struct {
		name string
		run  func(t *testing.T, s cache.Store)
	}{
		{"nothing is known at first", empty},
		{"what was filled is known, with the state it holds in", filled},
		{"an absence is known as one", absent},
		{"an entry comes back whole", whole},
		{"a fill from another epoch is refused", fillOfAnotherEpoch},
		{"a fill from before a change is refused", fillBeforeChange},
		{"a fill from before it was forgotten is refused", fillBeforeForget},
		{"a fill is taken while other keys change", fillBesideChange},
		{"a version never goes down", neverDown},
		{"what is forgotten is asked for again", forgotten},
		{"a batch brings entries and place as one", applied},
		{"a batch that does not go on from there changes nothing", gap},
		{"what the chain contradicts is not kept", contradicted},
		{"an empty batch moves the place", emptyBatch},
		{"a new epoch voids every pointer", newEpoch},
		{"a version is kept by its chain", byChain},
		{"what is kept again replaces what was", keptAgain},
		{"one follower has the lease", oneLease},
		{"a lease that was given back says so", givenBack},
		{"a lease that ran out is another's", ranOut},
		{"who lost the lease is fenced", fenced},
		{"pointer and state are of one moment", oneMoment},
	} {
		t.Run(c.name, func(t *testing.T) { c.run(t, open(t)) })
	}
}
