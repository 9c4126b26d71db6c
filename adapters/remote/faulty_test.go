package remote_test

import (
	"context"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/memory"
	"github.com/ftagateway/ftagateway/adapters/remote/ledgerhttp"
	"github.com/ftagateway/ftagateway/conformance"
	"github.com/ftagateway/ftagateway/conformance/conformancetest"
	"github.com/ftagateway/ftagateway/conformance/faulty"
)

// mended are the faults of a served driver that nobody on this side of the wire can be hurt by, and why.
var mended = map[string]string{
	"opens-only-with-the-chain": "this driver opens", "closed-is-an-outage": "this driver closes", "second-close-fails": "this driver closes",
	"close-forgets-who-waits": "this driver closes", "close-waits-for-callers": "this driver closes", "goroutine-left-behind": "it is left on the other side",
	"forgets-at-restart": "the server was not restarted", "forgets-repeats-at-restart": "the server was not restarted",
	"shared-answers": "what arrives is a copy", "shared-description": "what arrives is a copy", "one-buffer": "what arrives is a copy",
	"changes-the-callers-body": "what was sent is a copy", "keeps-the-callers-body": "what was sent is a copy",
	"changing-description": "it is asked for once", "hidden-ability": "what is not described is not asked for",
	"bare-context-error": "the context ends here", "context-ignored": "the context ends here",
	"waits-for-whoever-left": "the context ends here", "writes-for-whoever-left": "nothing is sent",
	"empty-key-is-absent": "it is refused here", "empty-body-accepted": "it is refused here", "max-body-ignored": "it is refused here",
	"size-before-form": "it is refused here", "version-before-size": "it is refused here",
	"local-time": "our server tells times in UTC", "versions-in-local-time": "our server tells times in UTC",
	"changes-in-local-time": "our server tells times in UTC", "batch-head-in-local-time": "our server tells times in UTC",
	"receipt-in-local-time": "our server tells times in UTC",
	"wait-not-begun":        "a server that does not wait is asked again",
}

// TestAFaultBehindTheWireIsSeenThroughIt: a driver that hides what is wrong with a vendor's ledger would let it pass.
func TestAFaultBehindTheWireIsSeenThroughIt(t *testing.T) {
	for _, fault := range faulty.All() {
		t.Run(fault.Name, func(t *testing.T) {
			t.Parallel()
			why, timeout := mended[fault.Name], time.Second
			if why != "" {
				timeout = 10 * time.Second // nothing hangs there, and a busy machine is no fault
			}
			report := conformance.Run(t.Context(), behindTheWire(t, fault),
				conformance.Options{Seed: 1, Cases: []string{fault.Caught}, Timeout: timeout})
			result := report.Cases[0]
			if result.Outcome != conformance.Fail && why == "" {
				t.Errorf("%s: %s", fault.Caught, result.Outcome)
			}
			if result.Outcome == conformance.Fail && why != "" {
				t.Errorf("%s fails at step %d, though %s", fault.Caught, result.Failure.Step, why)
			}
		})
	}
}

func behindTheWire(t *testing.T, fault faulty.Fault) conformance.Harness {
	t.Helper()
	inner := memory.New(memory.Options{ForTesting: true, PageSize: 5, MaxBody: 64 << 10, FinalAfter: 2})
	broken, err := fault.Break(inner)
	if err != nil {
		t.Fatal(err)
	}
	chain, n := inner.Chain(), serve(t, ledgerhttp.New(broken, ledgerhttp.Options{}))
	return conformance.Harness{
		Open: n.open, Reopen: n.open, Mapping: conformancetest.Mapping(), Anchors: chain.Anchors, OtherAnchors: memory.NewChain(memory.Options{}).Anchors,
		Another: func(context.Context) (driver.Ledger, error) { return memory.New(memory.Options{}), nil },
		Outage: func() (restore func()) {
			chain.Stop()
			return chain.Start
		},
		Advance: func(context.Context) error {
			chain.Advance()
			return nil
		},
		Author: inner.Author(),
	}
}
