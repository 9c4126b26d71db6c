package conformance_test

import (
	"context"
	"testing"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/memory"
	"github.com/ftagateway/ftagateway/conformance"
)

// leaking leaves a goroutine behind at each Open, until the test ends it.
func leaking(t *testing.T) conformance.Harness {
	t.Helper()
	free := make(chan struct{})
	t.Cleanup(func() { close(free) })
	return conformance.Harness{Open: func(context.Context) (driver.Ledger, error) {
		go func() { <-free }()
		return memory.New(memory.Options{}), nil
	}}
}

// Two runs of one seed in one process do not find each other's goroutines.
func TestALeakIsThatOfItsOwnRun(t *testing.T) {
	o := conformance.Options{Seed: 7, Cases: []string{"read/close-leaves-nothing"}, Timeout: impatient}
	if report := conformance.Run(t.Context(), leaking(t), o); report.OK() {
		t.Error("the leak was not found")
	}
	conformance.Test(t, full(t, testChain()), conformance.Options{Seed: 7, Cases: o.Cases})
}
