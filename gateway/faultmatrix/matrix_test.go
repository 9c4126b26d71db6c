package faultmatrix_test

import (
	"crypto"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/redis/go-redis/v9/logging"

	"github.com/ftagateway/ftagateway/adapters/memory"
	"github.com/ftagateway/ftagateway/adapters/remote/vendornodetest"
	"github.com/ftagateway/ftagateway/conformance/conformancetest"
	"github.com/ftagateway/ftagateway/gateway/gatewaytest"
	"github.com/ftagateway/ftagateway/trust/key"
)

// short are the faults of the quick part, with the drivers that need no program to be built.
var short = []string{"refuse", "truncated", garbage, forgedProof, staleBlock}

// TestMain has cells run side by side: they wait more than they work.
func TestMain(m *testing.M) {
	flag.Parse()
	if err := flag.Set("test.parallel", "8"); err != nil {
		panic(err)
	}
	logging.Disable() // as fta serve does with the Redis client's own
	os.Exit(m.Run())
}

// TestFaultMatrix plays every cell of the drivers whose nodes can be started here, and prints one line of each.
func TestFaultMatrix(t *testing.T) {
	rows := []func(*testing.T) row{inMemory, webLedger, remoteLedger}
	if why := vendornodetest.Without(); why != "" {
		t.Log(why)
	} else {
		rows = append(rows, vendorNode)
	}
	if !brief() {
		rows = append(rows, ethereum)
	}
	playRows(t, rows...)
}

// brief reports whether only the short faults are played: in the quick part, and under the race detector, which would take
// minutes for the rest.
func brief() bool { return testing.Short() || conformancetest.RaceDetector }

func playRows(t *testing.T, rows ...func(*testing.T) row) {
	people := gatewaytest.New(t, gatewaytest.Options{})
	var all []*cell
	t.Run("cells", func(t *testing.T) {
		for _, begin := range rows {
			r := begin(t)
			for _, f := range faults() {
				if brief() && !slices.Contains(short, f.name) {
					continue
				}
				c := &cell{people: people, fault: f, well: memory.NewChain(memory.Options{}), result: result{driver: r.driver, fault: f.name}}
				all = append(all, c)
				t.Run(r.driver+"/"+f.name, func(t *testing.T) {
					t.Parallel()
					c.run(t, r)
				})
			}
		}
	})
	t.Log("\n" + table(all))
}

// run plays the cell, or says why there is none.
func (c *cell) run(t *testing.T, r row) {
	c.t, c.reach = t, r.reach(t)
	if c.result.without = c.reach.without(c.fault); c.result.without == "" {
		c.shares()
		c.play()
	}
}

// result is a line of the table.
type result struct {
	driver, fault string
	without       string // why there is no cell

	onLedger, everywhere, list, unknown, submit seen // on the sick ledger
	healthy, healthyEverywhere                  seen
	newcomer                                    seen          // on the sick ledger, by a gateway that knows nothing of it
	cached, cachedEverywhere                    seen          // by a gateway with a cache
	tired                                       time.Duration // what an answer takes once the ledger is known to be away
	recovered                                   time.Duration
}

func table(all []*cell) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%-20s %-10s %-22s %-22s %-22s %-40s %-24s %-20s %-11s %8s %8s %8s %8s\n",
		"fault", "driver", "on its ledger", "to a newcomer", "with a cache", "everywhere", "list", "unknown id", "submit", "longest", "then", "healthy", "back in")
	for _, c := range all {
		b.WriteString(c.result.line())
	}
	return b.String()
}

func (r *result) line() string {
	if r.without != "" {
		return fmt.Sprintf("%-20s %-10s – %s\n", r.fault, r.driver, r.without)
	}
	longest := max(r.onLedger.took, r.everywhere.took, r.list.took, r.unknown.took, r.submit.took)
	return fmt.Sprintf("%-20s %-10s %-22s %-22s %-22s %-40s %-24s %-20s %-11s %8s %8s %8s %8s\n", r.fault, r.driver,
		saw(r.onLedger), saw(r.newcomer), saw(r.cached), saw(r.everywhere), saw(r.list), saw(r.unknown), saw(r.submit),
		rounded(longest), rounded(r.tired), rounded(r.healthy.took), rounded(r.recovered))
}

func rounded(d time.Duration) string { return d.Round(time.Millisecond).String() }

// must gives a value, or ends the test.
func must[T any](v T, err error) func(*testing.T) T {
	return func(t *testing.T) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func newSigner(t *testing.T) crypto.Signer {
	t.Helper()
	return must(key.NewSigner())(t)
}
