package ethereum

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/ethereum/binding"
	"github.com/ftagateway/ftagateway/adapters/ethereum/inclusion"
	"github.com/ftagateway/ftagateway/adapters/ethereum/nodes"
)

// Ledger is one contract, reached through one or more endpoints. It works only when somebody calls it: no goroutine of it
// outlives a call.
type Ledger struct {
	target  *target
	set     *nodes.Set
	binding *binding.Binding
	writer  *writer // nil: read only
	store   driver.KV
	log     *slog.Logger
	now     func() time.Time

	finding turn // of the first contact
	index   atomic.Pointer[index]
	sync    following
	above   above

	life  context.Context // ends with Close
	end   context.CancelCauseFunc
	mu    sync.Mutex // of done, with calls
	done  bool
	calls sync.WaitGroup
}

// openTimeout is how long Open tries to reach the chain. One that is down is found by a later call.
const openTimeout = 2 * time.Second

var errClosed = errors.New("the ledger is closed")

func newLedger(to *target, b *binding.Binding, env driver.Env) (*Ledger, error) {
	l := &Ledger{target: to, binding: b, store: env.Store, log: env.Log, now: env.Now}
	var err error
	if l.writer, err = openWriter(b, env.Signer); err != nil {
		return nil, err
	}
	l.finding, l.sync.turn, l.above.turn = newTurn(), newTurn(), newTurn()
	if l.log == nil {
		l.log = slog.New(slog.DiscardHandler)
	}
	if l.now == nil {
		l.now = time.Now
	}
	l.set = nodes.NewSet(to.nodes(env), to.quorum, l.log)
	l.life, l.end = context.WithCancelCause(context.Background())
	return l, nil
}

// tryReach makes the first contact, so that Describe knows the ledger's URI at once. Failing is no failure of Open.
func (l *Ledger) tryReach(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, openTimeout)
	defer cancel()
	if _, err := l.contact(ctx); err != nil {
		l.log.Warn("Ethereum ledger opened without its chain", "error", err)
	}
}

// The most that a page holds, and that a body may have: a node takes transactions of 128 KiB, in which key, lookups and
// signature need room too.
const (
	pageSize = 100
	maxBody  = 120 << 10
)

// Describe says what this contract can do, by its ledger section.
func (l *Ledger) Describe() driver.Description {
	d := driver.Description{
		Kind:       "ethereum",
		Abilities:  []driver.Ability{driver.AbilityRead, driver.AbilityVersions, driver.AbilityChanges, driver.AbilityPin},
		MaxBody:    l.maxBody(),
		PageSize:   pageSize,
		Finality:   l.binding.Section.Finality.String(),
		WriteMode:  driver.WriteNone,
		ForTesting: l.target.testing,
	}
	if x := l.index.Load(); x != nil {
		d.URI = x.uri
	}
	if l.binding.OffersFind() {
		d.Abilities = append(d.Abilities, driver.AbilityFind)
	}
	if l.binding.Provable() {
		d.Abilities = append(d.Abilities, driver.AbilityProve)
		d.ProofTypes = []string{inclusion.ProofType}
	}
	if l.writer != nil {
		d.Abilities = append(d.Abilities, driver.AbilityAppend)
		d.WriteMode, d.BlockTime = driver.WriteCheckThenWrite, l.about()
		if l.binding.Guarded() {
			d.WriteMode = driver.WriteCAS
		}
	}
	return d
}

func (l *Ledger) maxBody() int {
	if n := l.binding.MaxBody(); n > 0 && n < maxBody {
		return n
	}
	return maxBody
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

// enter begins a call that needs the index, and so the chain once.
func (l *Ledger) enter(ctx context.Context) (_ context.Context, x *index, leave func(), _ error) {
	ctx, leave, err := l.begin(ctx)
	if err != nil {
		return nil, nil, nil, err
	}
	if x, err = l.contact(ctx); err != nil {
		leave()
		return nil, nil, nil, err
	}
	return ctx, x, leave, nil
}

// Close ends the calls under way with Canceled, waits for them and closes the connections. Env stays open.
func (l *Ledger) Close() error {
	l.mu.Lock()
	l.done = true
	l.mu.Unlock()
	l.end(errClosed)
	l.calls.Wait()
	l.set.Close()
	return nil
}

// turn is a lock that can be waited for with a context.
type turn chan struct{}

func newTurn() turn { return make(turn, 1) }

func (t turn) take(ctx context.Context) error {
	select {
	case t <- struct{}{}:
		return nil
	case <-ctx.Done():
		return driver.FromContext(ctx)
	}
}

func (t turn) give() { <-t }

// pause waits, and answers why not where ctx ends first.
func pause(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return driver.FromContext(ctx)
	}
}
