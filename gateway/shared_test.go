package gateway_test

import (
	"bytes"
	"context"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/adapters/cache/redis"
	"github.com/ftagateway/ftagateway/adapters/cache/redis/redistest"
	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/filing"
	"github.com/ftagateway/ftagateway/gateway"
	"github.com/ftagateway/ftagateway/gateway/gatewaytest"
	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/model/lifecycle"
	"github.com/ftagateway/ftagateway/model/sample"
)

// pair are two gateways behind one address, each with a store and drivers of its own, and what they share in a Redis.
type pair struct {
	*gatewaytest.World
	redis      *redistest.Server
	one, other *gateway.Gateway
	trade      *gatewaytest.Bent // as the first one reaches it
	othersWay  *gatewaytest.Bent
}

func paired(t *testing.T) *pair {
	t.Helper()
	w, b := bent(t, gatewaytest.Options{})
	p := &pair{World: w, redis: redistest.Start(t), trade: b}
	share := func() gateway.Shared {
		r, err := redis.Open(redis.Options{URL: p.redis.URL(), Secret: bytes.Repeat([]byte{7}, 32), Timeout: time.Second})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = r.Close() })
		return r.Submissions()
	}
	first := w.Config
	first.Shared = share()
	first.Now = func() time.Time { return time.Now().Add(-time.Minute) } // so that its receipts are not the other one's
	var err error
	if p.one, err = gateway.New(first); err != nil {
		t.Fatal(err)
	}
	w.Config.Shared = share()
	p.other, p.othersWay = replica(w)
	return p
}

func (p *pair) entry() gatewaytest.Filed {
	return p.Make(p.Importer, "trade", unclaimed(), filing.Filing{})
}

// unsent is a first gateway that ends before it sends anything.
func (p *pair) unsent() {
	p.trade.OnAppend = func(context.Context, *driver.Write) (*driver.Receipt, error) {
		return nil, driver.Errorf(driver.Unavailable, "down")
	}
}

func TestASubmissionIsKnownAtEveryGateway(t *testing.T) {
	p := paired(t)
	entry := p.entry()
	unanswered(p.trade)
	taken, err := p.one.Submit(p.Context(), "trade", entry.Submission())
	wantState(t, taken, err, driver.Pending)
	p.othersWay.OnGet = func(context.Context, driver.Ref) (*driver.Entry, error) {
		return nil, driver.Errorf(driver.Unavailable, "down")
	}
	told, err := p.other.Submitted(p.Context(), taken.ID)
	wantState(t, told, err, driver.Pending) // what the first one said
	if !bytes.Equal(told.Proof, taken.Proof) {
		t.Error("it is not the first one's receipt")
	}
	p.othersWay.OnGet = nil
	seen, err := p.other.Submitted(p.Context(), taken.ID)
	wantState(t, seen, err, driver.Finally) // what the ledger shows
	if bytes.Equal(seen.Proof, taken.Proof) {
		t.Error("what this gateway has seen must be signed by it")
	}
}

// Who asks has nothing written. Who submits again has, as the gateway that took it may be gone.
func TestASubmissionThatItsGatewayDidNotSendIsSentByTheNext(t *testing.T) {
	p := paired(t)
	entry := p.entry()
	p.unsent()
	taken, err := p.one.Submit(p.Context(), "trade", entry.Submission())
	wantState(t, taken, err, driver.Pending)
	told, err := p.other.Submitted(p.Context(), taken.ID)
	wantState(t, told, err, driver.Pending)
	if n := p.Count("trade"); n != 0 {
		t.Errorf("%d versions were written for who only asked", n)
	}
	again, err := p.other.Submit(p.Context(), "trade", entry.Submission())
	wantState(t, again, err, driver.Finally)
	if again.Received != taken.Received {
		t.Errorf("received %v, and first %v", again.Received, taken.Received)
	}
	p.trade.Heal()
	settled, err := p.one.Submitted(p.Context(), taken.ID) // it comes back, and would write
	wantState(t, settled, err, driver.Finally)
	if n := p.Count("trade"); n != 1 {
		t.Errorf("%d versions, want 1", n)
	}
}

func TestAnIdempotencyKeyIsOneSubmissionsAtEveryGateway(t *testing.T) {
	p := paired(t)
	const key = "filing 4714"
	refused, first, second := p.entry().Submission(), p.entry().Submission(), p.entry().Submission()
	for _, s := range []*gateway.Submission{&refused, &first, &second} {
		s.IdempotencyKey = key
	}
	p.trade.OnAppend = func(context.Context, *driver.Write) (*driver.Receipt, error) {
		return nil, driver.Errorf(driver.PermissionDenied, "not among the approved signers")
	}
	_, err := p.one.Submit(p.Context(), "trade", refused)
	problemOf(t, err, gateway.Code(driver.PermissionDenied)) // and nothing of it is left
	receipt, err := p.other.Submit(p.Context(), "trade", first)
	wantState(t, receipt, err, driver.Finally)
	p.trade.Heal()
	_, err = p.one.Submit(p.Context(), "trade", second)
	problemOf(t, err, gateway.Conflict)
	again, err := p.one.Submit(p.Context(), "trade", first)
	wantState(t, again, err, driver.Finally)
}

// The key is one submission's also where that needs no writing any more, as a partner wrote it past every gateway.
func TestAnIdempotencyKeyIsNotThatOfWhatStandsAlready(t *testing.T) {
	p := paired(t)
	first := p.File(p.Exporter, "trade", sample.Certificate(model.USMCA), filing.Filing{})
	last := p.Make(p.Exporter, "trade", sample.Certificate(model.USMCA), filing.Filing{Previous: first.Record, Event: lifecycle.Withdraw})
	p.Write("trade", last.Record.ID, last.Record)
	used, late := p.entry().Submission(), last.Submission()
	used.IdempotencyKey, late.IdempotencyKey = "filing 4716", "filing 4716"
	receipt, err := p.one.Submit(p.Context(), "trade", used)
	wantState(t, receipt, err, driver.Finally)
	_, err = p.other.Submit(p.Context(), "trade", late)
	problemOf(t, err, gateway.Conflict)
	late.IdempotencyKey = ""
	receipt, err = p.other.Submit(p.Context(), "trade", late)
	wantState(t, receipt, err, driver.Finally)
}

// Without what they share each gateway knows what it took, and the ledger says the rest.
func TestWithoutWhatIsSharedTheLedgerStillSays(t *testing.T) {
	p := paired(t)
	entry := p.entry()
	receipt, err := p.one.Submit(p.Context(), "trade", entry.Submission())
	wantState(t, receipt, err, driver.Finally)
	p.redis.Stop(t)
	_, err = p.other.Submitted(p.Context(), receipt.ID)
	problemOf(t, err, gateway.NotFoundSoFar) // that it was never taken is not known
	s := entry.Submission()
	s.IdempotencyKey = "filing 4715"
	again, err := p.other.Submit(p.Context(), "trade", s)
	wantState(t, again, err, driver.Finally)
	if n := p.Count("trade"); n != 1 {
		t.Errorf("%d versions, want 1", n)
	}
}
