package gateway_test

import (
	"context"
	"sync/atomic"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/filing"
	"github.com/ftagateway/ftagateway/gateway/gatewaytest"
)

// A client that was told "pending" and never asks again has its record written all the same, by whoever opens the store
// next.
func TestWhatWasAcknowledgedIsWrittenWithoutBeingAskedFor(t *testing.T) {
	w, b := bent(t, gatewaytest.Options{})
	b.OnAppend = func(context.Context, *driver.Write) (*driver.Receipt, error) {
		return nil, driver.Errorf(driver.Unavailable, "the node is down")
	}
	entry := w.Make(w.Importer, "trade", unclaimed(), filing.Filing{})
	receipt, err := w.Gateway.Submit(w.Context(), "trade", entry.Submission())
	if err != nil || receipt.State != driver.Pending {
		t.Fatalf("%+v, %v: want it pending", receipt, err)
	}
	var appended atomic.Int32
	b.OnAppend = func(ctx context.Context, write *driver.Write) (*driver.Receipt, error) {
		appended.Add(1)
		return b.Ledger.Append(ctx, write)
	}
	ctx, end := context.WithCancel(w.Context())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		w.Gateway.Resume(ctx)
	}()
	for w.Count("trade") == 0 && ctx.Err() == nil {
		time.Sleep(time.Millisecond)
	}
	end()
	<-ended
	settled, err := w.Gateway.Submitted(w.Context(), receipt.ID)
	if err != nil || settled.State != driver.Finally || appended.Load() != 1 {
		t.Errorf("%+v, %v after %d writes: want it final after one", settled, err, appended.Load())
	}
}
