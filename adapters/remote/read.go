package remote

import (
	"context"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/remote/protocol"
)

// Head answers where the server says that the chain stands.
func (l *Ledger) Head(ctx context.Context) (driver.Head, error) {
	ctx, d, leave, err := l.enter(ctx, driver.AbilityRead)
	if err != nil {
		return driver.Head{}, err
	}
	defer leave()
	m := new(protocol.Head)
	if err := l.send(ctx, d, l.ask(protocol.OpHead, nil, maxDescription), m); err != nil {
		return driver.Head{}, err
	}
	return m.Driver(), checkHead(m, d)
}

// Get answers one version of a key, if it is that.
func (l *Ledger) Get(ctx context.Context, ref driver.Ref) (*driver.Entry, error) {
	if err := checkKey(ref.Key); err != nil {
		return nil, err
	}
	ctx, d, leave, err := l.enter(ctx, driver.AbilityRead)
	if err != nil {
		return nil, err
	}
	defer leave()
	if ref.Version > 1 && !d.Can(driver.AbilityVersions) {
		return nil, driver.Errorf(driver.Unsupported, "the remote ledger does not offer %s", driver.AbilityVersions)
	}
	if ref.AtLeast > 0 && !d.Can(driver.AbilityPin) {
		return nil, driver.Errorf(driver.Unsupported, "the remote ledger does not offer %s", driver.AbilityPin)
	}
	m, request := new(protocol.Entry), protocol.Get{
		Key: ref.Key, Version: sayable(ref.Version), Finality: ref.Finality, AtLeast: sayable(ref.AtLeast),
	}
	if err := l.query(ctx, d, protocol.OpGet, request, entryBytes(d), m); err != nil {
		return nil, err
	}
	if err := checkEntry(m, d); err != nil {
		return nil, err
	}
	return shown(m), checkAnswers(m, ref)
}

// Versions answers a page of a key's final versions, if it is that.
func (l *Ledger) Versions(ctx context.Context, key string, after uint64, limit int) ([]*driver.Entry, error) {
	if err := checkKey(key); err != nil {
		return nil, err
	}
	ctx, d, leave, err := l.enter(ctx, driver.AbilityVersions)
	if err != nil {
		return nil, err
	}
	defer leave()
	m, request := new(protocol.Page), protocol.Versions{Key: key, After: sayable(after), Limit: pageLimit(d, limit)}
	if err := l.query(ctx, d, protocol.OpVersions, request, pageBytes(d), m); err != nil {
		return nil, err
	}
	if err := checkVersions(m.Entries, request, d); err != nil {
		return nil, err
	}
	return drivers(m.Entries), nil
}

func drivers(entries []*protocol.Entry) []*driver.Entry {
	out := make([]*driver.Entry, len(entries))
	for i, e := range entries {
		out[i] = shown(e)
	}
	return out
}

// shown gives the entry that a server's is. What it holds against it becomes a reason in a verdict.
func shown(m *protocol.Entry) *driver.Entry {
	e := m.Driver()
	e.Contradiction = plain(e.Contradiction, maxReason)
	return e
}

// Find answers a page of keys.
func (l *Ledger) Find(ctx context.Context, lookup driver.Lookup, page string, limit int) ([]string, string, error) {
	ctx, d, leave, err := l.enter(ctx, driver.AbilityFind)
	if err != nil {
		return nil, "", err
	}
	defer leave()
	m, request := new(protocol.Found), protocol.Find{Lookup: protocol.Lookup(lookup), Page: page, Limit: pageLimit(d, limit)}
	if err := l.query(ctx, d, protocol.OpFind, request, protocol.PageBytes, m); err != nil {
		return nil, "", err
	}
	if err := checkFound(m, request); err != nil {
		return nil, "", err
	}
	return m.Keys, m.Next, nil
}

// Prove answers the server's proof of an entry. Whether it proves anything is for driver.Verify to find.
func (l *Ledger) Prove(ctx context.Context, e *driver.Entry) (*driver.Proof, error) {
	if err := checkKey(e.Key); err != nil {
		return nil, err
	}
	ctx, d, leave, err := l.enter(ctx, driver.AbilityProve)
	if err != nil {
		return nil, err
	}
	defer leave()
	m := new(protocol.Proof)
	if err := l.query(ctx, d, protocol.OpProve, protocol.Prove{Entry: protocol.EntryOf(e)}, pageBytes(d), m); err != nil {
		return nil, err
	}
	if err := checkProof(m, d); err != nil {
		return nil, err
	}
	return &driver.Proof{Type: m.Type, Data: []byte(m.Data)}, nil
}
