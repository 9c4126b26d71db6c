package adapters

import (
	"context"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/trust"
)

// History is every version of a record that a ledger shows, oldest first.
type History struct {
	Readings []*Reading
	// Versions is the check over the chain of them: invalid where one is missing, reordered, altered or unreadable. That
	// the newest was taken away cannot be seen here.
	Versions trust.Check
}

// maxHistory is the most versions that are walked. No record of an honest ledger comes near it.
const maxHistory = 10_000

// History walks the whole chain of versions of a record. TooLarge above 10,000 of them.
func (l *Ledger) History(ctx context.Context, id string) (*History, error) {
	return call(ctx, l, "History", 0, func(ctx context.Context) (*History, error) {
		key, err := l.key(id)
		if err != nil {
			return nil, err
		}
		readings, err := l.walk(ctx, id, key)
		if err != nil {
			return nil, err
		}
		return &History{readings, l.chained(readings)}, nil
	})
}

// walk takes page after page until one is empty, or does not get on.
func (l *Ledger) walk(ctx context.Context, id, key string) ([]*Reading, error) {
	var all []*Reading
	after := uint64(0)
	for {
		page, err := l.versions(ctx, id, key, after, 0)
		if err != nil {
			return nil, err
		}
		all = append(all, page...)
		if len(all) > maxHistory {
			return nil, driver.Errorf(driver.TooLarge, "more than %d versions", maxHistory)
		}
		if len(page) == 0 || page[len(page)-1].Entry.Version <= after {
			return all, nil
		}
		after = page[len(page)-1].Entry.Version
	}
}

// chained checks all links and answers the first that is not valid.
func (l *Ledger) chained(readings []*Reading) trust.Check {
	if len(readings) == 0 {
		return trust.Check{Name: trust.Versions, Outcome: trust.Invalid, Reason: "the ledger knows the key and shows no version of it"}
	}
	var previous *Reading
	worst := trust.Check{Name: trust.Versions, Outcome: trust.Valid, Method: readings[0].linkMethod()}
	for _, r := range readings {
		l.link(previous, r)
		if worst.Outcome == trust.Valid && r.Link.Outcome != trust.Valid {
			worst = r.Link
		}
		previous = r
	}
	return worst
}
