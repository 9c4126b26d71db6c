package remote

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"strings"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/remote/protocol"
)

// sentPrefix begins the transactions that are our own names for writes whose answer never came, and the keys under which
// the store has those writes. No server's transaction is asked for by such a name.
const sentPrefix = "sent:"

// sentName names a write by what makes it the same write.
func sentName(m *protocol.Append) (string, error) {
	same := *m
	same.WaitMillis = 0
	text, err := encode(&same)
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(text)
	return sentPrefix + base64.RawURLEncoding.EncodeToString(sum[:]), nil
}

// pending gives a write whose answer never came a name to be asked for by, and keeps the write to ask with. Without a
// store that cannot be, and the error stays: the caller has the write, and the same again finds out.
func (l *Ledger) pending(m *protocol.Append, err error) (*driver.Receipt, error) {
	if l.store == nil || driver.CodeOf(err) != driver.OutcomeUnknown {
		return nil, err
	}
	name, nameErr := sentName(m)
	if nameErr != nil {
		return nil, err
	}
	text, encodeErr := encode(m)
	if encodeErr != nil {
		return nil, err
	}
	if keepErr := l.store.Apply(driver.Change{Key: []byte(name), Value: text}); keepErr != nil {
		l.log.Error("a write of unknown outcome could not be kept", "error", keepErr)
		return nil, err
	}
	return &driver.Receipt{Tx: name, State: driver.Pending, Key: m.Key, Asked: time.Now().UTC()}, nil
}

// resend asks what became of a kept write by sending it again: a server that took it answers with its receipt, and one
// that never saw it takes it now, as its caller wanted.
func (l *Ledger) resend(ctx context.Context, d *driver.Description, name string) (*driver.Receipt, error) {
	text, ok, err := l.store.Get([]byte(name))
	if err != nil {
		return nil, driver.Errorf(driver.Unknown, "recall a write: %w", err)
	}
	m := new(protocol.Append)
	if !ok || protocol.ReadRequest(text, m) != nil {
		return nil, driver.Errorf(driver.NotFound, "no such transaction was sent from here")
	}
	r, err := l.write(ctx, d, m, patience(ctx))
	switch driver.CodeOf(err) {
	case driver.Conflict:
		return l.afterConflict(ctx, d, m, name)
	case driver.OutcomeUnknown:
		return l.pending(m, err)
	}
	return r, err
}

// afterConflict tells a write that lost from one that is still under way, to which a server may say Conflict too: the
// version that it was to become is another's, or the very same, or not there yet. Where older versions cannot be read and
// newer ones stand above it, that cannot be told.
func (l *Ledger) afterConflict(ctx context.Context, d *driver.Description, m *protocol.Append, name string) (*driver.Receipt, error) {
	r := &driver.Receipt{Tx: name, State: driver.Pending, Key: m.Key, Asked: time.Now().UTC()}
	ref := driver.Ref{Key: m.Key, Version: m.Expect + 1}
	if !d.Can(driver.AbilityVersions) {
		ref.Version = 0
	}
	e, err := l.Get(ctx, ref)
	switch {
	case driver.CodeOf(err) == driver.NotFound, err == nil && e.Version != m.Expect+1:
		return r, nil
	case err != nil:
		return nil, err
	case bytes.Equal(e.Body, m.Body):
		r.Tx, r.State, r.Version, r.Pos = e.Tx, driver.Finally, e.Version, e.Position
	default:
		r.State, r.Reason = driver.Rejected, "another write was first"
	}
	return r, nil
}

// isSent reports whether a transaction is our own name for a write.
func (l *Ledger) isSent(tx string) bool { return l.store != nil && strings.HasPrefix(tx, sentPrefix) }
