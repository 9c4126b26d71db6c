package gateway_test

import (
	"bytes"
	"context"
	"encoding/json"
	"slices"
	"sync"
	"testing"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/filing"
	"github.com/ftagateway/ftagateway/gateway"
	"github.com/ftagateway/ftagateway/gateway/gatewaytest"
	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/trust/key"
	"github.com/ftagateway/ftagateway/trust/proof"
)

func TestAReceiptIsSignedByTheGateway(t *testing.T) {
	w, _, entry := filed(t)
	data, err := json.Marshal(entry.Receipt)
	if err != nil {
		t.Fatal(err)
	}
	obj, err := ld.Parse(data, ld.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	signed, err := proof.Verify(obj, proof.AssertionMethod)
	if err != nil {
		t.Fatalf("the receipt's proof: %v\n%s", err, data)
	}
	if gatewayKey, _ := key.DID(w.Config.Signer); signed.Key != gatewayKey {
		t.Errorf("signed by %s, want the gateway's key %s", signed.Key, gatewayKey)
	}
}

func TestTheSameSubmissionAgainAnswersTheFirstReceipt(t *testing.T) {
	w, _, entry := filed(t)
	before := w.Count("trade")
	again, err := w.Gateway.Submit(w.Context(), "trade", entry.Submission())
	if err != nil {
		t.Fatal(err)
	}
	first, _ := json.Marshal(entry.Receipt)
	second, _ := json.Marshal(again)
	if !bytes.Equal(first, second) || w.Count("trade") != before {
		t.Errorf("%s\nand %s\nand %d versions more", first, second, w.Count("trade")-before)
	}
}

// recorded makes a ledger keep what it is given to write, before it answers as it would.
func recorded(b *gatewaytest.Bent, sent *[][]byte, answer func(context.Context, *driver.Write) (*driver.Receipt, error)) {
	b.OnAppend = func(ctx context.Context, write *driver.Write) (*driver.Receipt, error) {
		*sent = append(*sent, slices.Clone(write.Body))
		return answer(ctx, write)
	}
}

// A ledger that is down costs nothing but time: the submission is kept before anything is sent, and whoever opens the
// store again sends the same signed bytes.
func TestASubmissionSurvivesACrash(t *testing.T) {
	w, b := bent(t, gatewaytest.Options{})
	var sent [][]byte
	recorded(b, &sent, func(context.Context, *driver.Write) (*driver.Receipt, error) {
		return nil, driver.Errorf(driver.OutcomeUnknown, "the connection broke after sending")
	})
	entry := w.Make(w.Importer, "trade", unclaimed(), filing.Filing{})
	receipt, err := w.Gateway.Submit(w.Context(), "trade", entry.Submission())
	wantState(t, receipt, err, driver.Pending)

	recorded(b, &sent, b.Ledger.Append)
	reopened, err := gateway.New(w.Config) // over the same store, after the process had ended
	if err != nil {
		t.Fatal(err)
	}
	for range 2 { // what is final is not sent again
		settled, err := reopened.Submitted(w.Context(), receipt.ID)
		wantState(t, settled, err, driver.Finally)
	}
	if len(sent) != 2 || !bytes.Equal(sent[0], sent[1]) || !bytes.Equal(sent[0], entry.Record.Bytes) {
		t.Errorf("sent %d times, and not always the bytes that were signed", len(sent))
	}
	if got := w.Count("trade"); got != 1 {
		t.Errorf("%d versions stand on the ledger, want 1", got)
	}
}

func wantState(t *testing.T, r *gateway.SubmissionReceipt, err error, want driver.State) {
	t.Helper()
	if err != nil || r.State != want || (want == driver.Finally) != (r.Tx != "" && r.Height > 0) {
		t.Fatalf("%+v, %v: want it %s", r, err, want)
	}
}

// unanswered has a ledger write, and lose the answer.
func unanswered(b *gatewaytest.Bent) {
	b.OnAppend = func(ctx context.Context, write *driver.Write) (*driver.Receipt, error) {
		if _, err := b.Ledger.Append(ctx, write); err != nil {
			return nil, err
		}
		return nil, driver.Errorf(driver.OutcomeUnknown, "no answer came")
	}
}

// The write took effect, and its answer was lost: nothing is written twice.
func TestAnAnswerThatIsLostIsNoSecondWrite(t *testing.T) {
	w, b := bent(t, gatewaytest.Options{})
	unanswered(b)
	entry := w.Make(w.Importer, "trade", unclaimed(), filing.Filing{})
	if receipt, err := w.Gateway.Submit(w.Context(), "trade", entry.Submission()); err != nil || receipt.State != driver.Pending {
		t.Fatalf("%+v, %v", receipt, err)
	}
	b.Heal()
	again, err := w.Gateway.Submit(w.Context(), "trade", entry.Submission())
	if err != nil || again.State != driver.Finally || w.Count("trade") != 1 {
		t.Errorf("%+v, %v, %d versions; want it final, and one", again, err, w.Count("trade"))
	}
}

func TestManyAtOnceSubmitOneRecordOnce(t *testing.T) {
	w := gatewaytest.New(t, gatewaytest.Options{})
	entry := w.Make(w.Importer, "trade", unclaimed(), filing.Filing{})
	var wg sync.WaitGroup
	for range 16 {
		wg.Go(func() {
			receipt, err := w.Gateway.Submit(w.Context(), "trade", entry.Submission())
			if err != nil || receipt.State != driver.Finally {
				t.Errorf("%+v, %v", receipt, err)
			}
		})
	}
	wg.Wait()
	if got := w.Count("trade"); got != 1 {
		t.Errorf("%d versions, want 1", got)
	}
}

func TestAnIdempotencyKeyIsOneSubmissions(t *testing.T) {
	w := gatewaytest.New(t, gatewaytest.Options{})
	one, other := w.Make(w.Importer, "trade", unclaimed(), filing.Filing{}), w.Make(w.Importer, "trade", unclaimed(), filing.Filing{})
	var wg sync.WaitGroup
	results := make([]error, 8)
	for i := range results {
		s := one.Submission()
		if i%2 == 1 {
			s = other.Submission()
		}
		s.IdempotencyKey = "filing 4711"
		wg.Go(func() { _, results[i] = w.Gateway.Submit(w.Context(), "trade", s) })
	}
	wg.Wait()
	refused := 0
	for _, err := range results {
		if err != nil {
			problemOf(t, err, gateway.Conflict)
			refused++
		}
	}
	if refused != len(results)/2 || w.Count("trade") != 1 {
		t.Errorf("%d of %d refused, %d versions; want half of them, and one", refused, len(results), w.Count("trade"))
	}
}

// A key that comes with a repeat names that submission from then on.
func TestAnIdempotencyKeyMayComeLater(t *testing.T) {
	w, _, entry := filed(t)
	again := entry.Submission()
	again.IdempotencyKey = "filing 4712"
	if _, err := w.Gateway.Submit(w.Context(), "trade", again); err != nil {
		t.Fatal(err)
	}
	other := w.Make(w.Importer, "trade", unclaimed(), filing.Filing{}).Submission()
	other.IdempotencyKey = "filing 4712"
	_, err := w.Gateway.Submit(w.Context(), "trade", other)
	problemOf(t, err, gateway.Conflict)
}

// What the ledger refuses at once was never taken: the same record may be submitted when the cause is gone.
func TestARefusalAtOnceLeavesNothingBehind(t *testing.T) {
	w, b := bent(t, gatewaytest.Options{})
	entry := w.Make(w.Importer, "trade", unclaimed(), filing.Filing{})
	s := entry.Submission()
	s.IdempotencyKey = "filing 4713"
	b.OnAppend = func(context.Context, *driver.Write) (*driver.Receipt, error) {
		return nil, driver.Errorf(driver.PermissionDenied, "not among the approved signers")
	}
	_, err := w.Gateway.Submit(w.Context(), "trade", s)
	problemOf(t, err, gateway.Code(driver.PermissionDenied))
	stored := 0
	if err := w.Config.Store.Scan(nil, nil, func(_, _ []byte) bool { stored++; return true }); err != nil || stored != 0 {
		t.Errorf("%d things are kept of what was refused, %v", stored, err)
	}
	b.Heal()
	if receipt, err := w.Gateway.Submit(w.Context(), "trade", s); err != nil || receipt.State != driver.Finally {
		t.Errorf("%+v, %v", receipt, err)
	}
}

// A receipt was given, and then the ledger refused: the receipt says so for good, and the same record is refused again.
func TestARefusalAfterAReceiptIsKept(t *testing.T) {
	w, b := bent(t, gatewaytest.Options{})
	b.Fail(driver.Errorf(driver.Unavailable, "down"))
	entry := w.Make(w.Importer, "trade", unclaimed(), filing.Filing{})
	receipt, err := w.Gateway.Submit(w.Context(), "trade", entry.Submission())
	if err != nil {
		t.Fatal(err)
	}
	b.Heal()
	w.WriteRaw("trade", entry.Record.ID, []byte(`{"somebody":"was first"}`))
	rejected, err := w.Gateway.Submitted(w.Context(), receipt.ID)
	if err != nil || rejected.State != driver.Rejected || rejected.Reason == "" {
		t.Errorf("%+v, %v: want it rejected, and why", rejected, err)
	}
	_, err = w.Gateway.Submit(w.Context(), "trade", entry.Submission())
	problemOf(t, err, gateway.Refused)
}

func TestNoSubmissionOfThatID(t *testing.T) {
	w := gatewaytest.New(t, gatewaytest.Options{})
	_, err := w.Gateway.Submitted(w.Context(), "urn:uuid:6d0a1f5e-27d4-4c39-8b8e-2f6a4f1d9c11")
	problemOf(t, err, gateway.NotFound)
	_, err = w.Gateway.Submit(w.Context(), "nowhere", gateway.Submission{})
	problemOf(t, err, gateway.NoSuchLedger)
}
