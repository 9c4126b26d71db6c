package fabric

import (
	"context"
	"errors"
	"log/slog"
	"net/url"
	"sync"
	"sync/atomic"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/fabric/inclusion"
)

func init() { driver.Register("fabric", Open) }

// maxBody is the size of the largest body. In base64, and with what is signed around it, it is well below what an
// orderer takes by default.
const maxBody = 2 << 20

// Ledger is a chaincode on a channel, as one member of an organisation sees it. It works only when somebody calls it: no
// goroutine of its own outlives a call, and those of the SDK end with Close.
type Ledger struct {
	target  *target
	profile *profile
	schema  *schema
	native  []byte
	store   driver.KV
	log     *slog.Logger
	now     func() time.Time
	dial    func(p *profile, id *identity, channel string) (channel, error)

	connecting turn // whoever has it may connect, and touch retired
	net        atomic.Pointer[network]
	used       atomic.Pointer[walletStamp] // of the identity that was used last
	retired    []channel                   // connections of earlier identities, in use until their calls end
	preferred  atomic.Int32                // of profile.peers: who answered last
	sync       following
	// keeping is of what was signed, once for each idempotency key. Several, by the key: each is held while a disk writes.
	keeping [64]sync.Mutex

	life  context.Context // ends with Close
	end   context.CancelCauseFunc
	mu    sync.Mutex // of closed, with calls
	done  bool
	calls sync.WaitGroup
}

// network is the channel that was reached, and the index of it.
type network struct {
	client channel
	*index
}

// openTimeout is how long Open tries to reach the network. One that is down is found by a later call.
const openTimeout = 2 * time.Second

var errClosed = errors.New("the ledger is closed")

// Open is the driver.OpenFunc of the scheme fabric. env.Store must be given: the driver keeps its index there, and what
// it signed. env.Signer is not used: a member of an organisation signs with the key of the wallet.
func Open(ctx context.Context, u *url.URL, env driver.Env) (driver.Ledger, error) {
	l, err := prepare(u, env)
	if err != nil {
		return nil, err
	}
	l.tryReach(ctx)
	return l, nil
}

func prepare(u *url.URL, env driver.Env) (*Ledger, error) {
	t, err := parseTarget(u)
	if err != nil {
		return nil, err
	}
	if env.Store == nil {
		return nil, driver.Errorf(driver.Invalid, "Fabric channel %s: a store for the index must be given", t.channel)
	}
	l := &Ledger{target: t, native: env.Native, store: env.Store, log: env.Log, now: env.Now, dial: connect}
	if l.schema, err = parseSchema(env.Native); err != nil {
		return nil, err
	}
	if l.profile, err = readProfile(t.profile, t.channel); err != nil {
		return nil, err
	}
	if _, err := l.whoIs(); err != nil {
		return nil, err
	}
	l.begun()
	return l, nil
}

func (l *Ledger) begun() {
	l.connecting, l.sync.turn = newTurn(), newTurn()
	if l.log == nil {
		l.log = slog.New(slog.DiscardHandler)
	}
	if l.now == nil {
		l.now = time.Now
	}
	l.life, l.end = context.WithCancelCause(context.Background())
}

// tryReach reaches the network, so that Describe knows the ledger's URI at once. Failing is no failure of Open.
func (l *Ledger) tryReach(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, openTimeout)
	defer cancel()
	ctx, _, leave, err := l.enter(ctx)
	if err != nil {
		l.log.WarnContext(ctx, "Fabric channel opened without its network", "channel", l.target.channel, "error", err)
		return
	}
	leave()
}

// Describe says what the chaincode can do. Without functions to write with it is read only.
func (l *Ledger) Describe() driver.Description {
	d := driver.Description{
		Kind:       "fabric",
		Abilities:  []driver.Ability{driver.AbilityRead, driver.AbilityVersions, driver.AbilityChanges, driver.AbilityPin},
		MaxBody:    maxBody,
		PageSize:   pageSize,
		Finality:   "a block that a peer has committed is final: the ordering service does not fork",
		WriteMode:  driver.WriteNone,
		ForTesting: l.target.testing,
	}
	if n := l.net.Load(); n != nil {
		d.URI = "urn:fabric:" + n.genesis + ":" + l.target.chaincode
	}
	if l.schema.Lookups != nil {
		d.Abilities = append(d.Abilities, driver.AbilityFind)
	}
	if l.schema.Entries.Numbered() {
		d.Abilities = append(d.Abilities, driver.AbilityProve)
		d.ProofTypes = []string{inclusion.ProofType}
	}
	if l.schema.canWrite() {
		d.Abilities = append(d.Abilities, driver.AbilityAppend)
		d.WriteMode = l.schema.Writes
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

// enter begins a call that needs the network.
func (l *Ledger) enter(ctx context.Context) (_ context.Context, n *network, leave func(), _ error) {
	inner, leave, err := l.begin(ctx)
	if err != nil {
		return ctx, nil, nil, err
	}
	n, err = l.reach(inner)
	if err != nil {
		leave()
		return ctx, nil, nil, err
	}
	return inner, n, leave, nil
}

// Close ends the calls under way with Canceled, waits for them and closes the connections. Env stays open.
func (l *Ledger) Close() error {
	l.mu.Lock()
	l.done = true
	l.mu.Unlock()
	l.end(errClosed)
	l.calls.Wait()
	if n := l.net.Load(); n != nil {
		n.client.close()
	}
	for _, client := range l.retired {
		client.close()
	}
	return nil
}
