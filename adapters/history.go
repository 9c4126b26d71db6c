package adapters

import (
	"context"
	"fmt"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/model"
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
	worst := trust.Check{Name: trust.Versions, Outcome: trust.Valid, Method: linkMethod}
	for _, r := range readings {
		l.link(previous, r)
		if worst.Outcome == trust.Valid && r.Link.Outcome != trust.Valid {
			worst = r.Link
		}
		previous = r
	}
	return worst
}

const linkMethod = "digest of the version before"

// link checks that r follows previous, which is nil before the first version, and notes it in r. A valid link of final
// versions is kept, for whoever reads r by itself later.
func (l *Ledger) link(previous, r *Reading) {
	r.Link = trust.Check{Name: trust.Versions, Outcome: trust.Valid, Method: linkMethod}
	if r.Copy {
		r.Link.Outcome, r.Link.Reason = trust.NotOffered, "a copy: the chain of versions is its home ledger's"
		return
	}
	if reason := broken(previous, r); reason != "" {
		r.Link.Outcome, r.Link.Reason = trust.Invalid, reason
		return
	}
	if r.Entry.Version > 1 && r.Entry.Final {
		l.checks.keep(l.linkPlace(r), &finding{checks: []trust.Check{r.Link}})
	}
}

// broken says how r does not follow previous, and is empty where it does.
func broken(previous, r *Reading) string {
	want := uint64(1)
	if previous != nil {
		want = previous.Entry.Version + 1
	}
	switch v := r.Entry.Version; {
	case v > want:
		return fmt.Sprintf("version %d is missing", want)
	case v < want:
		return fmt.Sprintf("version %d comes after version %d", v, want-1)
	case r.Record == nil:
		return fmt.Sprintf("version %d is no record", v)
	case previous == nil:
		return ""
	case previous.Record == nil:
		return fmt.Sprintf("version %d is no record", want-1)
	case earlier(r.Entry.Position, previous.Entry.Position):
		return fmt.Sprintf("version %d stands on the chain before version %d", v, want-1)
	}
	if faults := model.CheckNext(previous.Record, r.Record); len(faults) > 0 {
		return fmt.Sprintf("version %d: %s", want, inWords(faults))
	}
	return ""
}

func earlier(a, b driver.Position) bool {
	return a.Height < b.Height || a.Height == b.Height && a.Index < b.Index
}

// knownLink is what is known of a link without the version before: that the first has none, or what a walk found out.
func (l *Ledger) knownLink(r *Reading) trust.Check {
	c := trust.Check{Name: trust.Versions, Outcome: trust.Undetermined, Reason: "the version before was not read"}
	switch {
	case r.Copy:
		c.Outcome, c.Reason = trust.NotOffered, "a copy: the chain of versions is its home ledger's"
	case r.Record == nil:
		c.Reason = "no record, and so no link"
	case r.Entry.Version == 1:
		return trust.Check{Name: trust.Versions, Outcome: trust.Valid, Method: "first version"}
	default:
		if known, ok := l.checks.find(l.linkPlace(r)); ok {
			return known.checks[0]
		}
	}
	return c
}

func (l *Ledger) linkPlace(r *Reading) place {
	return place{kindLink, l.standing(r), l.config.Mapping.Digest()}
}
