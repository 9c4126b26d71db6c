package webledger

import (
	"context"
	"encoding/json"
	"net/http"
	"sync"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/ld"
)

// said is what a node says that it holds under a key.
type said struct {
	version uint64    // 0: nothing
	record  []byte    // as it came
	sum     ld.Digest // of the whole answer
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
		return said{}, a.fault(readFaults)
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
