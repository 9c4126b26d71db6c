// Package conformancetest is for tests that play the conformance suite against drivers that are right: a suite that cries
// wolf is switched off, and what it cries about may depend on the seed.
package conformancetest

import "testing"

// How many seeds a right driver is played with: all, or a few in short mode.
const (
	seeds      = 20
	shortSeeds = 3
)

// Seeds gives the seeds that a driver is to be played with. That they are fewer in short mode is printed.
func Seeds(t testing.TB) []uint64 {
	t.Helper()
	n := seeds
	if testing.Short() {
		n = shortSeeds
		t.Logf("short: %d seeds of %d", n, seeds)
	}
	all := make([]uint64, n)
	for i := range all {
		all[i] = uint64(i + 1)
	}
	return all
}
