package remote

import (
	"context"
	"errors"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/remote/protocol"
)

// Append has the server write the next version of a key. The server is told how long the caller waits, less what the way
// back takes, so that it answers with a receipt that is pending while there is still somebody to hear it.
func (l *Ledger) Append(ctx context.Context, w *driver.Write) (*driver.Receipt, error) {
	if err := checkWrite(w); err != nil {
		return nil, err
	}
	ctx, d, leave, err := l.enter(ctx, driver.AbilityAppend)
	if err != nil {
		return nil, err
	}
	defer leave()
	if len(w.Body) > d.MaxBody {
		return nil, driver.Errorf(driver.TooLarge, "body has %d bytes, the most is %d", len(w.Body), d.MaxBody)
	}
	if w.Expect > protocol.MaxNumber-1 {
		return nil, driver.Errorf(driver.Conflict, "no key of the protocol stands at version %d", w.Expect)
	}
	m := protocol.AppendOf(w)
	r, err := l.write(ctx, d, m, patience(ctx))
	if err != nil {
		return l.pending(m, err)
	}
	return r, nil
}

func checkWrite(w *driver.Write) error {
	if err := checkKey(w.Key); err != nil {
		return err
	}
	if len(w.Body) == 0 {
		return driver.Errorf(driver.Invalid, "body is empty")
	}
	return nil
}

// patience is how long a server may wait for a block on behalf of a caller.
func patience(ctx context.Context) time.Duration {
	deadline, ok := ctx.Deadline()
	if !ok {
		return longestWait
	}
	left := time.Until(deadline)
	return max(min(left-min(left/4, time.Second), longestWait), 0)
}

// maxReceipt bounds a receipt, in bytes, beside the key that it repeats.
const maxReceipt = 64 << 10

// write sends a write, and tells what cannot have been sent from what may have been.
func (l *Ledger) write(ctx context.Context, d *driver.Description, m *protocol.Append, wait time.Duration) (*driver.Receipt, error) {
	m.WaitMillis = protocol.Millis(wait)
	text, err := encode(m)
	if err != nil {
		return nil, err
	}
	var sent bool
	q := l.ask(protocol.OpAppend, text, maxReceipt+6*int64(len(m.Key)))
	q.wait, q.sent = wait, &sent
	answer := new(protocol.Receipt)
	if err := l.send(ctx, d, q, answer); err != nil {
		return nil, doubt(sent, err)
	}
	if err := checkWritten(answer, m); err != nil {
		return nil, doubt(sent, err)
	}
	return told(answer), nil
}

// checkWritten holds a receipt against the write that it should be of.
func checkWritten(r *protocol.Receipt, m *protocol.Append) error {
	if err := checkReceipt(r); err != nil {
		return err
	}
	if r.Key != m.Key && r.Key != "" || r.Version != 0 && r.Version != m.Expect+1 {
		return corrupt("the receipt is of another write")
	}
	return nil
}

// doubt turns what ends a call after a write was sent, and says nothing about it, into OutcomeUnknown: the write may
// stand. The same write again finds out. What the server itself said of it stays as it is.
func doubt(sent bool, err error) error {
	var said *saidError
	code := driver.CodeOf(err)
	if !sent || errors.As(err, &said) {
		return err
	}
	return driver.Errorf(driver.OutcomeUnknown, "the write was sent, and then %s: %w", code, err)
}

// maxReason bounds what a server says to our callers of a write that it rejected, in characters.
const maxReason = 500

// told gives the receipt that a server's is, with a reason that can be shown.
func told(m *protocol.Receipt) *driver.Receipt {
	r := m.Driver()
	r.Reason = plain(r.Reason, maxReason)
	return r
}

// Receipt answers what the server says that became of a transaction, or of a write whose answer never came.
func (l *Ledger) Receipt(ctx context.Context, tx string) (*driver.Receipt, error) {
	ctx, d, leave, err := l.enter(ctx, driver.AbilityAppend)
	if err != nil {
		return nil, err
	}
	defer leave()
	if l.isSent(tx) {
		return l.resend(ctx, d, tx)
	}
	m := new(protocol.Receipt)
	if err := l.query(ctx, d, protocol.OpReceipt, protocol.AskReceipt{Tx: tx}, maxReceipt, m); err != nil {
		return nil, err
	}
	if err := checkReceipt(m); err != nil {
		return nil, err
	}
	if m.Tx != tx {
		return nil, corrupt("the receipt is of another transaction")
	}
	return told(m), nil
}
