package webledger_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/webledger/protocol"
	"github.com/ftagateway/ftagateway/ld"
)

func write(t testing.TB, key string, version int) *driver.Write {
	return &driver.Write{Key: key, Expect: uint64(version - 1), Body: body(t, record(key, version))}
}

func TestAppendWritesVersionAfterVersion(t *testing.T) {
	s, key := newStandIn(t), newID()
	l := s.open(t)
	for version := 1; version <= 3; version++ {
		r, err := l.Append(within(t), write(t, key, version))
		if err != nil || r.State != driver.Finally || r.Version != uint64(version) || r.Pos.Height != uint64(version) {
			t.Fatalf("version %d: receipt %+v, %v", version, r, err)
		}
		e, err := l.Get(within(t), driver.Ref{Key: key})
		if err != nil || !bytes.Equal(e.Body, body(t, record(key, version))) || e.Position != r.Pos {
			t.Fatalf("version %d: %+v, %v", version, e, err)
		}
		wantState(t, l, r.Tx, driver.Finally)
	}
}

func TestAppendRefusesBeforeItSigns(t *testing.T) {
	s, key, taken := newStandIn(t), newID(), newID()
	s.history(taken, 2)
	l := s.open(t)
	large := record(key, 1)
	large["remarks"] = strings.Repeat("x", l.Describe().MaxBody)
	for name, c := range map[string]struct {
		write *driver.Write
		want  driver.Code
	}{
		"no key":           {&driver.Write{Body: body(t, record(key, 1))}, driver.Invalid},
		"no body":          {&driver.Write{Key: key}, driver.Invalid},
		"key of no uuid":   {&driver.Write{Key: "x", Body: []byte(`{"id":"x"}`)}, driver.Invalid},
		"not JSON":         {&driver.Write{Key: key, Body: []byte(`{`)}, driver.Invalid},
		"no object":        {&driver.Write{Key: key, Body: []byte(`[]`)}, driver.Invalid},
		"another id":       {&driver.Write{Key: key, Body: body(t, record(taken, 1))}, driver.Invalid},
		"not canonical":    {&driver.Write{Key: key, Body: []byte(`{ "id":"` + key + `"}`)}, driver.Invalid},
		"too large":        {&driver.Write{Key: key, Body: body(t, large)}, driver.TooLarge},
		"no such version":  {write(t, key, 2), driver.Conflict},
		"exists":           {write(t, taken, 1), driver.Conflict},
		"stale, same body": {&driver.Write{Key: taken, Expect: 1, Body: body(t, record(taken, 2))}, driver.Conflict},
		"ahead":            {write(t, taken, 4), driver.Conflict},
	} {
		if _, err := l.Append(within(t), c.write); driver.CodeOf(err) != c.want {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
	if sent := s.operations(); len(sent) != 0 {
		t.Errorf("%d operations were sent", len(sent))
	}
}

// A version may have the body of the one before: that is the caller's to say.
func TestTheSameBodyCanBeWrittenAgain(t *testing.T) {
	s, key := newStandIn(t), newID()
	s.history(key, 1)
	w := &driver.Write{Key: key, Expect: 1, Body: body(t, record(key, 1))}
	if r, err := s.open(t).Append(within(t), w); err != nil || r.State != driver.Finally || r.Version != 2 {
		t.Errorf("receipt %+v, %v", r, err)
	}
}

func TestAReadOnlyLedgerAppendsNothing(t *testing.T) {
	s := newStandIn(t)
	l := openOn(t, s.url(), newTable(), nil)
	_, err := l.Append(within(t), write(t, newID(), 1))
	wantCode(t, err, driver.Unsupported)
	if d := l.Describe(); d.Can(driver.AbilityAppend) || d.WriteMode != driver.WriteNone || d.Can(driver.AbilityProve) {
		t.Errorf("described as %+v", d)
	}
}

// The largest body that is described can be written, and replaced by another as large.
func TestTheLargestBodyFits(t *testing.T) {
	s, key := newStandIn(t), newID()
	l := s.open(t)
	for version, fill := range []string{"x", "y"} {
		r := ld.Object{"id": key, "fill": ""}
		r["fill"] = strings.Repeat(fill, l.Describe().MaxBody-len(body(t, r)))
		w := &driver.Write{Key: key, Expect: uint64(version), Body: body(t, r)}
		if got, err := l.Append(within(t), w); err != nil || len(w.Body) != l.Describe().MaxBody {
			t.Fatalf("version %d of %d bytes: %+v, %v", version+1, len(w.Body), got, err)
		}
	}
}

func TestARepeatIsSentAgainAndNotSignedAgain(t *testing.T) {
	s, key := newStandIn(t), newID()
	l := s.open(t)
	w := write(t, key, 1)
	w.IdempotencyKey = "once"
	first, err := l.Append(within(t), w)
	if err != nil {
		t.Fatal(err)
	}
	again := openOn(t, s.url(), l.table, s.key)
	second, err := again.Append(within(t), w)
	if err != nil || second.Tx != first.Tx || second.Version != 1 {
		t.Errorf("again: %+v, %v", second, err)
	}
	if n := len(s.operations()); n != 1 {
		t.Errorf("%d operations were sent", n)
	}
	other := write(t, key, 1)
	other.IdempotencyKey, other.Body = "once", body(t, record(key, 9))
	_, err = again.Append(within(t), other)
	wantCode(t, err, driver.Conflict)
}

// The answer to the first sending gets lost at every possible place; what is sent again are the same bytes, and there
// is one version in the end.
func TestALostAnswerIsNoSecondOperation(t *testing.T) {
	for name, lose := range map[string]func(s *standIn, w http.ResponseWriter, r *http.Request){
		"before the node has it": func(_ *standIn, _ http.ResponseWriter, r *http.Request) {
			_, _ = io.ReadAll(r.Body)
			panic(http.ErrAbortHandler)
		},
		"after the node has it": func(s *standIn, _ http.ResponseWriter, r *http.Request) {
			s.honest(&discard{}, r)
			panic(http.ErrAbortHandler)
		},
	} {
		t.Run(name, func(t *testing.T) {
			s, key := newStandIn(t), newID()
			l := s.open(t)
			var once sync.Once
			s.spoiled(operationService, func(w http.ResponseWriter, r *http.Request) {
				lost := false
				once.Do(func() { lost = true })
				if lost {
					lose(s, w, r)
				}
				s.honest(w, r)
			})
			r, err := l.Append(within(t), write(t, key, 1))
			if err != nil || r.State != driver.Finally || r.Version != 1 {
				t.Fatalf("receipt %+v, %v", r, err)
			}
			sent := s.operations()
			if !bytes.Equal(sent[0], sent[len(sent)-1]) {
				t.Error("other bytes were sent the second time")
			}
		})
	}
}

// discard is a http.ResponseWriter for an answer that nobody gets.
type discard struct{}

func (*discard) Header() http.Header         { return http.Header{} }
func (*discard) Write(b []byte) (int, error) { return len(b), nil }
func (*discard) WriteHeader(int)             {}

// Whatever ends the process after signing, the same bytes are sent by the next one.
func TestWhatWasSignedIsKeptBeforeItIsSent(t *testing.T) {
	s, key, kv := newStandIn(t), newID(), newTable()
	l := openOn(t, s.url(), kv, s.key)
	var first []byte
	s.spoiled(operationService, func(w http.ResponseWriter, r *http.Request) {
		first, _ = io.ReadAll(r.Body)
		w.WriteHeader(http.StatusServiceUnavailable)
	})
	_, err := l.Append(within(t), write(t, key, 1))
	wantCode(t, err, driver.Unavailable)
	l.Close()
	s.spoiled(operationService, nil)
	r, err := openOn(t, s.url(), kv, s.key).Append(within(t), write(t, key, 1))
	if err != nil || r.State != driver.Finally {
		t.Fatalf("receipt %+v, %v", r, err)
	}
	if sent := s.operations(); len(sent) != 1 || !bytes.Equal(sent[0], first) {
		t.Error("other bytes were sent the second time")
	}
}

func TestNothingIsSentThatCouldNotBeKept(t *testing.T) {
	s := newStandIn(t)
	l := s.open(t)
	if _, err := l.Changes(within(t), "", 0, 0); err != nil { // so that the index needs no write
		t.Fatal(err)
	}
	l.table.setBroken(true)
	_, err := l.Append(within(t), write(t, newID(), 1))
	wantCode(t, err, driver.Unknown)
	if len(s.operations()) != 0 {
		t.Error("an operation was sent")
	}
}

// A node takes an operation and no block has it before the caller's time is up: that is pending, and asked for later.
func TestAnOperationThatNoBlockHasYetIsPending(t *testing.T) {
	s, key := newStandIn(t), newID()
	l := s.open(t)
	r := s.appendUnseen(t, l, write(t, key, 1))
	wantState(t, l, r.Tx, driver.Pending)
	if again, err := l.Append(within(t), write(t, key, 1)); err != nil || again.State != driver.Finally || again.Tx != r.Tx {
		t.Errorf("again %+v, %v", again, err)
	}
	wantState(t, l, r.Tx, driver.Finally)
}

func wantState(t *testing.T, l driver.Ledger, tx string, want driver.State) {
	t.Helper()
	r, err := l.Receipt(within(t), tx)
	if err != nil || r.State != want || (r.Reason != "") != (want == driver.Rejected) {
		t.Errorf("receipt %+v, %v, want %s", r, err, want)
	}
}

// appendUnseen appends at a node that takes the operation and puts it into no block, until the caller's time is up.
func (s *standIn) appendUnseen(t *testing.T, l driver.Ledger, w *driver.Write) *driver.Receipt {
	t.Helper()
	budget := newSpendable()
	s.spoiled(operationService, func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusNoContent)
		budget.spend()
	})
	defer s.spoiled(operationService, nil)
	r, err := l.Append(budget, w)
	if err != nil || r.State != driver.Pending || r.Tx == "" {
		t.Fatalf("receipt %+v, %v", r, err)
	}
	return r
}

// The node takes the update and puts it into a block where it has no effect, because another one was there first. That
// is a Conflict, although the node said nothing of it.
func TestAnUpdateThatTheNodeIgnoresIsAConflict(t *testing.T) {
	s, key := newStandIn(t), newID()
	s.history(key, 1)
	l := s.open(t)
	s.spoiled(operationService, func(w http.ResponseWriter, r *http.Request) {
		data, _ := io.ReadAll(r.Body)
		op, err := protocol.ParseOperation(data)
		s.must(err)
		s.block(s.update(record(key, 1), record(key, 7), 0), op)
		w.WriteHeader(http.StatusNoContent)
	})
	w := write(t, key, 2)
	for range 2 {
		_, err := l.Append(within(t), w)
		wantCode(t, err, driver.Conflict)
	}
	all, err := l.Versions(within(t), key, 0, 0)
	if err != nil || len(all) != 2 || !bytes.Equal(all[1].Body, body(t, record(key, 7))) {
		t.Errorf("%d versions, %v", len(all), err)
	}
}

// The node loses the update, and another one gets its place: it can have no effect in any later block either.
func TestAnUpdateThatWasOvertakenIsAConflict(t *testing.T) {
	s, key := newStandIn(t), newID()
	s.history(key, 1)
	l := s.open(t)
	r := s.appendUnseen(t, l, write(t, key, 2))
	s.block(s.update(record(key, 1), record(key, 7), 0))
	_, err := l.Append(within(t), write(t, key, 2))
	wantCode(t, err, driver.Conflict)
	wantState(t, l, r.Tx, driver.Rejected)
}

func TestWhatTheNodeSaysOfAnOperation(t *testing.T) {
	for _, c := range []struct {
		status int
		kind   protocol.FailureType
		after  string
		want   driver.Code
		wait   time.Duration
	}{
		{400, protocol.FailureNotAllowed, "", driver.PermissionDenied, 0},
		{400, protocol.FailureValidation, "", driver.Invalid, 0},
		{401, "", "", driver.PermissionDenied, 0},
		{403, "", "", driver.PermissionDenied, 0},
		{413, protocol.FailureTooLarge, "", driver.TooLarge, 0},
		{429, "", "7", driver.ResourceExhausted, 7 * time.Second},
		{429, "", "", driver.ResourceExhausted, time.Second},
		{500, "", "", driver.Unavailable, time.Second},
		{503, protocol.FailureUnavailable, "3", driver.Unavailable, 3 * time.Second},
		{503, "", "99999999", driver.Unavailable, time.Hour},
		{302, "", "", driver.Unavailable, time.Second},
		{404, "", "", driver.Unavailable, time.Second},
	} {
		t.Run(fmt.Sprintf("%d %s", c.status, c.kind), func(t *testing.T) {
			s := newStandIn(t)
			l := s.open(t)
			s.spoiled(operationService, func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Retry-After", c.after)
				w.Header().Set("Location", s.server.URL+"/elsewhere")
				refuse(w, c.status, c.kind)
			})
			_, err := l.Append(within(t), write(t, newID(), 1))
			wantCode(t, err, c.want)
			var e *driver.Error
			if !errors.As(err, &e) || e.RetryAfter != c.wait {
				t.Errorf("try again after %s, want %s", e.RetryAfter, c.wait)
			}
		})
	}
}

// Of many gateways that write the same version at once exactly one wins, and each learns how it went.
func TestOfRivalWritesOneWins(t *testing.T) {
	const gateways, rounds = 4, 5
	s, key := newStandIn(t), newID()
	ledgers := make([]*opened, gateways)
	for i := range ledgers {
		ledgers[i] = s.open(t)
	}
	for version := 1; version <= rounds; version++ {
		if won := race(t, ledgers, key, version); won != 1 {
			t.Fatalf("version %d: %d won", version, won)
		}
	}
}

// race lets every ledger write the same version at once, each another body, and counts those that won. The others must
// have been told of a Conflict.
func race(t *testing.T, ledgers []*opened, key string, version int) int32 {
	t.Helper()
	var won atomic.Int32
	var all sync.WaitGroup
	for i, l := range ledgers {
		all.Go(func() {
			r := record(key, version)
			r["writer"] = float64(i)
			receipt, err := l.Append(within(t), &driver.Write{Key: key, Expect: uint64(version - 1), Body: body(t, r)})
			switch {
			case err == nil && receipt.State == driver.Finally:
				won.Add(1)
			case driver.CodeOf(err) != driver.Conflict:
				t.Errorf("version %d: %+v, %v", version, receipt, err)
			}
		})
	}
	all.Wait()
	return won.Load()
}

// The same write from many callers at once is signed once.
func TestTheSameWriteFromManyCallersIsOneOperation(t *testing.T) {
	s, key := newStandIn(t), newID()
	l := s.open(t)
	txs := make([]string, 8)
	var all sync.WaitGroup
	for i := range txs {
		all.Go(func() {
			if r, err := l.Append(within(t), write(t, key, 1)); err == nil {
				txs[i] = r.Tx
			} else {
				t.Error(err)
			}
		})
	}
	all.Wait()
	for _, tx := range txs {
		if tx != txs[0] || tx == "" {
			t.Fatalf("operations %v", txs)
		}
	}
}

func TestReceiptOfAnOperationThatNobodyKnows(t *testing.T) {
	s := newStandIn(t)
	l := s.open(t)
	for _, tx := range []string{"", "zQmNothing", strings.Repeat("x", 1000)} {
		_, err := l.Receipt(within(t), tx)
		wantCode(t, err, driver.NotFound)
	}
	_, err := l.Prove(within(t), &driver.Entry{})
	wantCode(t, err, driver.Unsupported)
}
