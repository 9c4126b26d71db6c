package remote

import (
	"context"
	"errors"
	"log/slog"
	"net/url"
	"sync"
	"sync/atomic"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

func init() {
	driver.Register("ledger+http", Open)
	driver.Register("ledger+https", Open)
}

// Ledger is one ledger, reached through one server. It works only when somebody calls it: no goroutine of it outlives a
// call.
type Ledger struct {
	target *target
	client *client
	store  driver.KV // nil: nothing outlasts the Ledger
	log    *slog.Logger

	asking    chan struct{} // holds one: a turn to ask for the description
	described atomic.Pointer[driver.Description]
	places    places

	life  context.Context // ends with Close
	end   context.CancelCauseFunc
	mu    sync.Mutex // of done, with calls
	done  bool
	calls sync.WaitGroup
}

var _ driver.Ledger = (*Ledger)(nil)

// openTimeout is how long Open tries to reach the server. One that is down is found by a later call.
const openTimeout = 2 * time.Second

var errClosed = errors.New("the ledger is closed")

// Open is the driver.OpenFunc of the schemes ledger+http and ledger+https. With env.Store the ledger's URI is pinned for
// good, and writes whose outcome was not learnt can be asked for later. env.HTTP is for whoever needs headers of its own,
// as for authentication; redirects are not followed either way. env.Signer is not used: the server signs, or the chain
// behind it.
func Open(ctx context.Context, u *url.URL, env driver.Env) (driver.Ledger, error) {
	to, err := parseTarget(u)
	if err != nil {
		return nil, err
	}
	l := &Ledger{target: to, client: newClient(env.HTTP, to.gateway), store: env.Store, log: env.Log, asking: make(chan struct{}, 1)}
	if l.log == nil {
		l.log = slog.New(slog.DiscardHandler)
	}
	if err := l.recallURI(); err != nil {
		return nil, err
	}
	l.life, l.end = context.WithCancelCause(context.Background())
	l.tryReach(ctx)
	return l, nil
}

// tryReach asks the server for its description, so that Describe is right at once. Failing is no failure of Open.
func (l *Ledger) tryReach(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, openTimeout)
	defer cancel()
	if _, err := l.reach(ctx); err != nil {
		l.log.Warn("remote ledger opened without its server", "host", l.target.host, "error", err)
	}
}

// begin counts a call in and gives it a context that also ends with Close. The call ends with leave.
func (l *Ledger) begin(ctx context.Context) (_ context.Context, leave func(), _ error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.done {
		return nil, nil, &driver.Error{Code: driver.Canceled, Err: errClosed}
	}
	if err := driver.FromContext(ctx); err != nil {
		return nil, nil, err
	}
	l.calls.Add(1)
	ctx, cancel := context.WithCancelCause(ctx)
	stop := context.AfterFunc(l.life, func() { cancel(errClosed) })
	return ctx, func() {
		stop()
		cancel(nil)
		l.calls.Done()
	}, nil
}

// enter begins a call that needs an ability, and so the server once.
func (l *Ledger) enter(ctx context.Context, a driver.Ability) (_ context.Context, d *driver.Description, leave func(), _ error) {
	ctx, leave, err := l.begin(ctx)
	if err != nil {
		return nil, nil, nil, err
	}
	d, err = l.reach(ctx)
	if err == nil && !d.Can(a) {
		err = driver.Errorf(driver.Unsupported, "the remote ledger does not offer %s", a)
	}
	if err != nil {
		leave()
		return nil, nil, nil, err
	}
	return ctx, d, leave, nil
}

// Close ends the calls under way with Canceled, waits for them and closes the connections. Env stays open.
func (l *Ledger) Close() error {
	l.mu.Lock()
	l.done = true
	l.mu.Unlock()
	l.end(errClosed)
	l.calls.Wait()
	l.client.close()
	return nil
}
