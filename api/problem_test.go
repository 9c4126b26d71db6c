package api_test

import (
	"bytes"
	"errors"
	"fmt"
	"net/http"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/filing"
	"github.com/ftagateway/ftagateway/gateway"
	"github.com/ftagateway/ftagateway/gateway/gatewaytest"
	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/model/sample"
)

// failures are the ways in which a ledger can fail, with what a client is told where it asked this ledger alone.
var failures = map[driver.Code]struct {
	status    int
	retryable bool
}{
	driver.NotFound:          {http.StatusNotFound, false},
	driver.Invalid:           {http.StatusUnprocessableEntity, false},
	driver.PermissionDenied:  {http.StatusBadGateway, false},
	driver.Unavailable:       {http.StatusServiceUnavailable, true},
	driver.ResourceExhausted: {http.StatusServiceUnavailable, true},
	driver.DeadlineExceeded:  {http.StatusGatewayTimeout, true},
	driver.Canceled:          {http.StatusServiceUnavailable, true},
	driver.OutcomeUnknown:    {http.StatusGatewayTimeout, true},
	driver.NotReady:          {http.StatusServiceUnavailable, true},
	driver.TooLarge:          {http.StatusRequestEntityTooLarge, false},
	driver.Pruned:            {http.StatusGone, false},
	driver.Unsupported:       {http.StatusNotImplemented, false},
	driver.Corrupt:           {http.StatusBadGateway, true},
	driver.Unknown:           {http.StatusBadGateway, true},
}

// failing is what a driver says of its node: where it is, and what became of it. None of it may reach a client; hold
// looks at every problem.
func failing(code driver.Code) error {
	cause := errors.New("dial tcp 10.9.8.7:26657: connect: connection refused")
	return &driver.Error{Code: code, Err: fmt.Errorf("post http://10.9.8.7:26657/records: %w", cause), RetryAfter: 3 * time.Second}
}

// everything is a request for every operation that has to do with ledgers.
func everything(s *site, submission []byte, id string) []call {
	at := "/v1/ledgers/trade/records/" + id
	return []call{
		find(sample.EntryUSMCA), get("/v1/entries/" + id), get("/v1/records"), get("/v1/records/" + id), get("/v1/ledgers"), get("/v1/ledgers/trade"),
		get(at), get(at + "/versions"), get(at + "/versions/1"), get(at + "/versions/1/proof"), get("/v1/witness?ledger=trade"),
		post("/v1/ledgers/trade/records", submission), get("/readyz"), get("/metrics"),
	}
}

// However a ledger fails, the answer is as described, and tells nothing about where it is.
func TestHoweverALedgerFailsNoAddressIsTold(t *testing.T) {
	for code, want := range failures {
		t.Run(string(code), func(t *testing.T) {
			bent := &gatewaytest.Bent{}
			s := newSite(t, options{Options: gatewaytest.Options{Wrap: wrap(bent)}})
			made := s.Make(s.Importer, "trade", unclaimed(), filing.Filing{})
			bent.Fail(failing(code))
			id := model.NewID()
			a := s.do(get("/v1/ledgers/trade/records/" + id)) // the first: soon the breaker answers
			for _, c := range everything(s, sent(made.Record.Bytes, made.Document.Bytes), id) {
				if a := s.do(c); bytes.Contains(a.Body, []byte("10.9.8.7")) {
					t.Errorf("%s %s tells where the ledger is: %s", c.method, c.path, a.Body)
				}
			}
			p := a.problem(want.status, gateway.Code(code))
			if p.Retryable != want.retryable || p.Ledger != "trade" || a.Header.Get("Retry-After") != "3" {
				t.Errorf("%+v after %q s, want retryable %t, of trade, after 3", p, a.Header.Get("Retry-After"), want.retryable)
			}
		})
	}
}

// An answer that no driver may give, and a store of our own that is gone, are told as what they are.
func TestOurOwnFailuresAreInternal(t *testing.T) {
	s := newSite(t, options{Change: func(c *gateway.Config) { c.Store = broken{} }})
	body := made(s)
	s.do(post("/v1/ledgers/trade/records", body)).problem(http.StatusInternalServerError, "internal")
	s.do(get("/v1/submissions/"+model.NewID())).problem(http.StatusInternalServerError, "internal")
	if s.Count("trade") != 0 {
		t.Error("what could not be kept was written")
	}
}

// broken is a store whose disk is gone.
type broken struct{}

var errDisk = errors.New("open /var/lib/fta/store/000007.sst: input/output error")

func (broken) Get([]byte) ([]byte, bool, error)                        { return nil, false, errDisk }
func (broken) Apply(...driver.Change) error                            { return errDisk }
func (broken) Scan([]byte, []byte, func(key, value []byte) bool) error { return errDisk }
