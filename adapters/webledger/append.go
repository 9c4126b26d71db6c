package webledger

import (
	"bytes"
	"context"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/ld"
)

// maxBody is the size of the largest body, in bytes. An update that replaces every member of it, with the proof and all
// that stands around it, is still smaller than an operation may be.
const maxBody = 512 << 10

// Append signs an operation, keeps it, sends it, and follows the blocks until one holds it. An operation that a block
// holds without effect, or that can have none any more because another one was first, is a Conflict.
func (l *Ledger) Append(ctx context.Context, w *driver.Write) (*driver.Receipt, error) {
	if err := l.writable(); err != nil {
		return nil, err
	}
	record, err := checkWrite(w)
	if err != nil {
		return nil, err
	}
	ctx, x, leave, err := l.enter(ctx)
	if err != nil {
		return nil, err
	}
	defer leave()
	k, err := l.keepSigned(ctx, x, w, record)
	if err != nil {
		return nil, err
	}
	if o, err := x.outcome(k.Tx); o != nil || err != nil {
		return l.settled(x, k, o, err)
	}
	if err := l.send(ctx, k); err != nil {
		if driver.CodeOf(err) != driver.OutcomeUnknown {
			return nil, err
		}
		return l.pending(k), nil
	}
	return l.await(ctx, x, k)
}

// checkWrite takes a body that reads back as it was written: what stands on the ledger is the record, in the canonical
// form of its JSON.
func checkWrite(w *driver.Write) (ld.Object, error) {
	if len(w.Body) == 0 {
		return nil, driver.Errorf(driver.Invalid, "body: must not be empty")
	}
	if err := checkKey(w.Key); err != nil {
		return nil, err
	}
	if len(w.Body) > maxBody {
		return nil, driver.Errorf(driver.TooLarge, "body has %d bytes, at most %d are taken", len(w.Body), maxBody)
	}
	record, err := ld.Parse(w.Body, ld.Limits{Bytes: maxBody})
	if err != nil {
		return nil, driver.Errorf(driver.Invalid, "body: %w", err)
	}
	if record["id"] != w.Key {
		return nil, driver.Errorf(driver.Invalid, "body: id %.64q must be the key %q", record["id"], w.Key)
	}
	form, err := ld.JCS(record)
	if err != nil || !bytes.Equal(form, w.Body) {
		return nil, driver.Errorf(driver.Invalid, "body: must be in canonical form (RFC 8785), or it would not read back as it was written")
	}
	return record, nil
}

// await follows the blocks until the operation is settled. Whatever keeps it from learning that leaves it pending.
func (l *Ledger) await(ctx context.Context, x *index, k *kept) (*driver.Receipt, error) {
	for wait := firstPoll; ; wait = min(2*wait, pollBlocks) {
		_, err := l.catchUp(ctx)
		if err == nil {
			if o, err := x.resolve(k); o != nil || err != nil {
				return l.settled(x, k, o, err)
			}
		}
		if pause(ctx, wait) == nil {
			continue
		}
		if l.life.Err() != nil {
			return nil, driver.FromContext(ctx)
		}
		return l.pending(k), nil
	}
}

// firstPoll is how soon after sending a block is looked for first; the pauses then grow up to pollBlocks.
const firstPoll = 5 * time.Millisecond

// resolve says what became of an operation as far as the index knows; nil while it does not.
func (x *index) resolve(k *kept) (*outcome, error) {
	// The operation's own outcome is read last: it may be written in between.
	newest, _, err := x.newest(k.Key)
	if err != nil {
		return nil, err
	}
	o, err := x.outcome(k.Tx)
	if o != nil || err != nil {
		return o, err
	}
	if newest > k.Expect {
		return &outcome{Key: k.Key, Reason: reasonOvertaken}, nil
	}
	return nil, nil
}

// reasonOvertaken is why an operation that no block holds will have no effect in any: a record never goes back to an
// earlier sequence.
const reasonOvertaken = "another version was written first"

func (x *index) outcome(tx string) (*outcome, error) {
	var o outcome
	found, err := getJSON(x, x.row('t', tx), &o)
	if !found {
		return nil, err
	}
	return &o, nil
}

// settled tells a writer what became of the operation.
func (l *Ledger) settled(x *index, k *kept, o *outcome, err error) (*driver.Receipt, error) {
	if err != nil {
		return nil, err
	}
	if o.Version == 0 {
		return nil, driver.Errorf(driver.Conflict, "operation %s has no effect: %s", k.Tx, o.Reason)
	}
	return l.receipt(x, k.Tx, o)
}

// writable refuses what belongs to writing where nobody signs: it is not described either.
func (l *Ledger) writable() error {
	if l.signer == nil {
		return driver.Errorf(driver.Unsupported, "the ledger was opened without a signer, and is read only")
	}
	return nil
}
