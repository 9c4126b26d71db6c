package webledger

import (
	"errors"
	"fmt"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// forgedBlock is a block that cannot be what the chain holds. It is evidence against the node that sent it.
type forgedBlock struct {
	height uint64
	raw    []byte
	why    error
}

func (f *forgedBlock) Error() string { return fmt.Sprintf("block %d %s", f.height, f.why) }

func (f *forgedBlock) Unwrap() error { return f.why }

func forged(height uint64, raw []byte, format string, args ...any) *driver.Error {
	return &driver.Error{Code: driver.Corrupt, RetryAfter: longPause, Err: &forgedBlock{height, raw, fmt.Errorf(format, args...)}}
}

// maxEvidence is how much of a block that cannot be used is kept.
const maxEvidence = 1 << 20

// accuse keeps the first unusable block that a node sent for a height.
func (l *Ledger) accuse(x *index, err error) error {
	var f *forgedBlock
	if !errors.As(err, &f) {
		return err
	}
	// Why may quote the block, and so a record: it goes into the store and not into the log.
	l.log.Error("Web Ledger node sent a block that cannot be used", "node", l.target.base.Host, "height", f.height)
	if failed := l.keepEvidence(newDraft(x), f); failed != nil {
		l.log.Error("Web Ledger evidence could not be kept", "error", failed)
	}
	return err
}

func (l *Ledger) keepEvidence(d *draft, f *forgedBlock) error {
	row := d.row('!', number(f.height))
	if known, err := d.get(row); known != nil || err != nil {
		return err
	}
	kept := evidence{Why: f.Error(), Seen: l.now().UTC(), Block: f.raw[:min(len(f.raw), maxEvidence)]}
	if err := d.putJSON(row, kept); err != nil {
		return err
	}
	return d.commit()
}

// evidence is a block that cannot be what the chain holds.
type evidence struct {
	Why   string    `json:"why"`
	Seen  time.Time `json:"seen"`
	Block []byte    `json:"block"`
}
