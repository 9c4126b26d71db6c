package remote

import (
	"fmt"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// uriKey is where the ledger's URI is kept.
var uriKey = []byte("uri")

// recallURI takes the URI that the ledger had when it was first reached, so that another ledger behind the same address
// is noticed after a restart too. One that the configuration names must be the same.
func (l *Ledger) recallURI() error {
	if l.store == nil {
		return nil
	}
	kept, ok, err := l.store.Get(uriKey)
	if err != nil {
		return fmt.Errorf("remote ledger %s: recall its URI: %w", l.target.host, err)
	}
	if !ok {
		return nil
	}
	if l.target.uri != "" && l.target.uri != string(kept) {
		return driver.Errorf(driver.Invalid, "remote ledger URL: uri %q, and the store is of %q", l.target.uri, kept)
	}
	l.target.uri = string(kept)
	return nil
}

// keepURI keeps it. The caller holds the turn of asking.
func (l *Ledger) keepURI(uri string) error {
	if l.store == nil || l.target.uri == uri {
		return nil
	}
	if err := l.store.Apply(driver.Change{Key: uriKey, Value: []byte(uri)}); err != nil {
		return driver.Errorf(driver.Unknown, "remote ledger: keep its URI: %w", err)
	}
	return nil
}
