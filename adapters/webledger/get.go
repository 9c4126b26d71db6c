package webledger

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"sync"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/ld"
)

// Get answers an older version from the index, as blocks do not change, and asks the node for the newest every time.
// Blocks are final, so that both finalities are the same here.
func (l *Ledger) Get(ctx context.Context, ref driver.Ref) (*driver.Entry, error) {
	if err := checkKey(ref.Key); err != nil {
		return nil, err
	}
	ctx, x, leave, err := l.enter(ctx)
	if err != nil {
		return nil, err
	}
	defer leave()
	if ref.Version > 0 {
		return l.version(ctx, x, ref)
	}
	return l.newest(ctx, x, ref.Key)
}

func (l *Ledger) version(ctx context.Context, x *index, ref driver.Ref) (*driver.Entry, error) {
	if e, err := x.version(ref.Key, ref.Version); e != nil || err != nil {
		return e, err
	}
	at, err := l.catchUp(ctx)
	if err != nil {
		return nil, err
	}
	if e, err := x.version(ref.Key, ref.Version); e != nil || err != nil {
		return e, err
	}
	return nil, driver.Errorf(driver.NotFound, "no version %d under this key up to block %d", ref.Version, at.Height)
}

// said is what a node says that it holds under a key.
type said struct {
	version uint64    // 0: nothing
	record  []byte    // as it came
	sum     ld.Digest // of the whole answer
}

// A node may have a record a moment before it shows the block, and a record may be written while it is asked for. It is
// asked again before it is called a liar.
const (
	asksNewest = 4
	askPause   = 50 * time.Millisecond
)

// newest holds what the node says against what its blocks say.
func (l *Ledger) newest(ctx context.Context, x *index, key string) (*driver.Entry, error) {
	for try := 1; ; try++ {
		// The order matters: a version that was in a block before the node was asked cannot be missing in its answer.
		known, at, err := x.newest(x, key)
		if err != nil {
			return nil, err
		}
		s, err := l.query(ctx, key)
		if err != nil {
			return nil, err
		}
		if s.version == known && l.agreed.with(key, s) {
			return x.entry(x, at)
		}
		e, err := l.settle(ctx, key, known, s, try >= asksNewest)
		if e != nil || err != nil {
			return e, err
		}
		if err := pause(ctx, askPause); err != nil {
			return nil, err
		}
	}
}

// query asks the node for the newest version. The record stays undecoded.
func (l *Ledger) query(ctx context.Context, key string) (said, error) {
	n, err := l.connect(ctx)
	if err != nil {
		return said{}, err
	}
	a, _, err := l.client.exchange(ctx, http.MethodPost, withID(n.query, key), []byte("{}"), maxRecord)
	switch {
	case driver.CodeOf(err) == driver.Unavailable:
		l.forget(n)
		return said{}, err
	case err != nil:
		return said{}, err
	case a.status == http.StatusNotFound:
		return said{}, nil
	case a.status != http.StatusOK:
		return said{}, a.fault()
	}
	return l.recordOf(key, a.body)
}

func (l *Ledger) recordOf(key string, body []byte) (said, error) {
	s := said{sum: ld.Sum(body)}
	if s.version = l.agreed.version(key, s.sum); s.version > 0 {
		return s, nil
	}
	var answer struct { // as protocol.RecordAnswer, but it shows whether there is a sequence at all
		Record json.RawMessage `json:"record"`
		Meta   struct {
			Sequence *uint64 `json:"sequence"`
		} `json:"meta"`
	}
	if err := decode(body, &answer); err != nil {
		return said{}, err
	}
	if answer.Meta.Sequence == nil || *answer.Meta.Sequence >= 1<<53 || len(answer.Record) == 0 {
		return said{}, driver.Errorf(driver.Corrupt, "the query service answers no record, or no sequence")
	}
	s.version, s.record = *answer.Meta.Sequence+1, answer.Record
	return s, nil
}

// settle decides between a node's answer and the index. It answers nothing where the node should be asked again, and
// does not do so the last time.
func (l *Ledger) settle(ctx context.Context, key string, known uint64, s said, last bool) (*driver.Entry, error) {
	x := l.index.Load()
	if s.version != known || s.version == 0 {
		// This also makes sure that the node still shows the same chain, before it is called a liar.
		if _, err := l.catchUp(ctx); err != nil {
			return nil, err
		}
	}
	now, at, err := x.newest(x, key)
	switch {
	case err != nil:
		return nil, err
	case now == 0 && s.version == 0:
		return nil, driver.Errorf(driver.NotFound, "no record under this key in any block")
	case s.version > now:
		return l.unheld(key, now, s, last)
	case s.version == 0 && known > 0:
		e, err := x.entry(x, at)
		return contradict(e, err, "the node says that it holds no such record, and block %d holds version %d of it", at.height, now)
	case s.version == 0:
		return nil, nil
	}
	e, err := l.compare(key, s)
	if err == nil && s.version < known {
		return contradict(e, nil, "the node answers version %d, and block %d holds version %d", s.version, at.height, now)
	}
	return e, err
}

// unheld is an answer with a version that no block brought.
func (l *Ledger) unheld(key string, now uint64, s said, last bool) (*driver.Entry, error) {
	if !last {
		return nil, nil
	}
	body, err := canonical(s.record)
	return contradict(&driver.Entry{Key: key, Version: s.version, Body: body}, err,
		"the node answers version %d, and its blocks hold no more than version %d", s.version, now)
}

// compare holds the body that the node answered against that of the same version in the index.
func (l *Ledger) compare(key string, s said) (*driver.Entry, error) {
	e, err := l.index.Load().version(key, s.version)
	if err != nil {
		return nil, err
	}
	if e == nil {
		return nil, damaged("version %d of a key is missing", s.version)
	}
	if s.record == nil {
		return e, nil
	}
	body, err := canonical(s.record)
	if err != nil {
		return nil, err
	}
	if bytes.Equal(body, e.Body) {
		l.agreed.add(key, s)
		return e, nil
	}
	e.Body = body
	return contradict(e, nil, "the node answers another body for version %d than block %d gives it", s.version, e.Height)
}

func contradict(e *driver.Entry, err error, format string, args ...any) (*driver.Entry, error) {
	if err != nil {
		return nil, err
	}
	if e.Contradiction != "" {
		e.Contradiction += "; "
	}
	e.Contradiction += fmt.Sprintf(format, args...)
	return e, nil
}

// canonical brings a record into the form in which the index has it.
func canonical(record []byte) ([]byte, error) {
	obj, err := ld.Parse(record, ld.Limits{Bytes: maxRecord})
	if err != nil {
		return nil, driver.Errorf(driver.Corrupt, "the record that the node answers: %w", err)
	}
	body, err := ld.JCS(obj)
	if err != nil {
		return nil, driver.Errorf(driver.Corrupt, "canonical form of the record that the node answers: %w", err)
	}
	return body, nil
}

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

// agreed remembers answers that were found to agree with the index, by their digest, so that the same answer need not
// be decoded again. It may forget at any time.
type agreed struct {
	mu sync.Mutex
	by map[string]said
}

const maxAgreed = 1 << 15

// version answers the version that an answer is for; 0 where it is not known.
func (a *agreed) version(key string, sum ld.Digest) uint64 {
	a.mu.Lock()
	defer a.mu.Unlock()
	if s := a.by[key]; s.sum == sum {
		return s.version
	}
	return 0
}

func (a *agreed) with(key string, s said) bool {
	return s.version > 0 && s.record == nil && a.version(key, s.sum) == s.version
}

func (a *agreed) add(key string, s said) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.by == nil || len(a.by) >= maxAgreed {
		a.by = map[string]said{}
	}
	a.by[key] = said{version: s.version, sum: s.sum}
}
