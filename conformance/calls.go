package conformance

import (
	"context"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// call is one method of a driver as cases use it that hold for every method alike.
type call struct {
	name    string
	ability driver.Ability
	do      func(ctx context.Context, l driver.Ledger) error
}

// calls gives a call of every method that takes a context and writes nothing. The key need not be on the ledger.
func calls(key string) []call {
	return []call{
		{"head", driver.AbilityRead, func(ctx context.Context, l driver.Ledger) error {
			_, err := l.Head(ctx)
			return err
		}},
		{"get", driver.AbilityRead, func(ctx context.Context, l driver.Ledger) error {
			_, err := l.Get(ctx, driver.Ref{Key: key})
			return err
		}},
		{"versions", driver.AbilityVersions, func(ctx context.Context, l driver.Ledger) error {
			_, err := l.Versions(ctx, key, 0, 0)
			return err
		}},
		{"find", driver.AbilityFind, func(ctx context.Context, l driver.Ledger) error {
			_, _, err := l.Find(ctx, driver.Lookup{Name: "lookup", Value: key}, "", 0)
			return err
		}},
		{"changes", driver.AbilityChanges, func(ctx context.Context, l driver.Ledger) error {
			_, err := l.Changes(ctx, "", 1, 0)
			return err
		}},
		{"receipt", driver.AbilityAppend, func(ctx context.Context, l driver.Ledger) error {
			_, err := l.Receipt(ctx, "no-such-transaction")
			return err
		}},
		{"prove", driver.AbilityProve, func(ctx context.Context, l driver.Ledger) error {
			_, err := l.Prove(ctx, &driver.Entry{Key: key, Version: 1, Body: []byte("{}")})
			return err
		}},
	}
}

// appendCall is for ledgers that refuse it: a refused Append writes nothing.
func appendCall(w *driver.Write) call {
	return call{"append", driver.AbilityAppend, func(ctx context.Context, l driver.Ledger) error {
		_, err := l.Append(ctx, w)
		return err
	}}
}

// offered gives the calls that the ledger describes, or those that it does not.
func (c *check) offered(key string, offered bool) []call {
	var out []call
	for _, call := range calls(key) {
		if c.session.described.Can(call.ability) == offered {
			out = append(out, call)
		}
	}
	return out
}
