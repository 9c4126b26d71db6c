package webledger

import (
	"context"
	"crypto"
	"errors"
	"log/slog"
	"net/url"
	"sync"
	"sync/atomic"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

func init() {
	driver.Register("webledger+http", Open)
	driver.Register("webledger+https", Open)
}

// Ledger is one Web Ledger, reached through one node. It works only when somebody calls it: no goroutine of it outlives
// a call.
type Ledger struct {
	target *target
	client *client
	signer crypto.Signer
	store  driver.KV
	paths  []path
	log    *slog.Logger
	now    func() time.Time

	finding turn                 // of discovery
	node    atomic.Pointer[node] // nil until discovered, and again when it seems to have gone
	chain   atomic.Pointer[chain]
	index   atomic.Pointer[index] // of chain
	sync    following
	agreed  agreed
	said    atomic.Pointer[saidBefore] // where the ledger stands
	keeping sync.Mutex                 // of what was signed, once for each idempotency key

	life  context.Context // ends with Close
	end   context.CancelCauseFunc
	mu    sync.Mutex // of closed, with calls
	done  bool
	calls sync.WaitGroup
}

// openTimeout is how long Open tries to reach the node. A node that is down is found by a later call.
const openTimeout = 2 * time.Second

var errClosed = errors.New("the ledger is closed")

// Open is the driver.OpenFunc of the schemes webledger+http and webledger+https. env.Store must be given: the driver
// keeps its index there, and what it signed. Without env.Signer the ledger is read only.
func Open(ctx context.Context, u *url.URL, env driver.Env) (driver.Ledger, error) {
	to, err := parseTarget(u)
	if err != nil {
		return nil, err
	}
	paths, err := parseNative(env.Native)
	if err != nil {
		return nil, err
	}
	if env.Store == nil {
		return nil, driver.Errorf(driver.Invalid, "Web Ledger %s: a store for the index must be given", to.base)
	}
	l := newLedger(to, env, paths)
	l.tryReach(ctx)
	return l, nil
}

func newLedger(to *target, env driver.Env, paths []path) *Ledger {
	l := &Ledger{target: to, client: newClient(env.HTTP), signer: env.Signer, store: env.Store, paths: paths, log: env.Log, now: env.Now}
	l.finding, l.sync.turn = newTurn(), newTurn()
	if l.log == nil {
		l.log = slog.New(slog.DiscardHandler)
	}
	if l.now == nil {
		l.now = time.Now
	}
	l.life, l.end = context.WithCancelCause(context.Background())
	return l
}

// tryReach discovers the node, so that Describe knows the ledger's URI at once. Failing is no failure of Open.
func (l *Ledger) tryReach(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, openTimeout)
	defer cancel()
	if _, err := l.connect(ctx); err != nil {
		l.log.Warn("Web Ledger opened without its node", "node", l.target.base.Host, "error", err)
	}
}

// Describe says what a Web Ledger can do.
func (l *Ledger) Describe() driver.Description {
	d := driver.Description{
		Kind: "webledger",
		Abilities: []driver.Ability{driver.AbilityRead, driver.AbilityVersions, driver.AbilityFind, driver.AbilityChanges,
			driver.AbilityPin},
		MaxBody:    maxBody,
		PageSize:   pageSize,
		Finality:   "a block that the node shows has passed the ledger's consensus and is final",
		WriteMode:  driver.WriteNone,
		ForTesting: l.target.testing,
	}
	if c := l.chain.Load(); c != nil {
		d.URI = c.ledger
	}
	if l.signer != nil {
		d.Abilities = append(d.Abilities, driver.AbilityAppend)
		d.WriteMode = driver.WriteCAS
	}
	return d
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

// enter begins a call that needs the index, and so the node once.
func (l *Ledger) enter(ctx context.Context) (_ context.Context, x *index, leave func(), _ error) {
	ctx, leave, err := l.begin(ctx)
	if err != nil {
		return nil, nil, nil, err
	}
	if x = l.index.Load(); x != nil {
		return ctx, x, leave, nil
	}
	if _, err := l.connect(ctx); err != nil {
		leave()
		return nil, nil, nil, err
	}
	return ctx, l.index.Load(), leave, nil
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
