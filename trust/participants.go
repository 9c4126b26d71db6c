package trust

import (
	"errors"
	"fmt"
	"slices"
	"sync/atomic"
	"time"

	"github.com/ftagateway/ftagateway/model/lifecycle"
)

// Participants is who is who: the Participant documents of a folder whose issuers are trusted. It is safe for
// concurrent use, and does I/O only when it is loaded.
type Participants struct {
	issuers Issuers
	loads   atomic.Uint64
	now     atomic.Pointer[directory]
}

// directory is one state of the folder.
type directory struct {
	load      uint64         // which of all loads it is of
	all       []*Participant // the latest issued first
	byKey     map[string][]*Participant
	byAccount map[accountName][]*Participant
	byCode    map[string]*Participant
}

type accountName struct{ kind, id string }

func latestFirst(a, b *Participant) int { return b.Issued.Time().Compare(a.Issued.Time()) }

// add lists a participant under a name, once.
func add[Name comparable](under map[Name][]*Participant, name Name, p *Participant) {
	if !slices.Contains(under[name], p) {
		under[name] = append(under[name], p)
	}
}

// LoadParticipants reads every *.json of a folder as a signed Participant document. The error joins one *FileFault for
// each that is not trusted, and why; the others are loaded all the same, so that Participants is never nil.
func LoadParticipants(dir string, issuers Issuers) (*Participants, error) {
	p := &Participants{issuers: issuers.clone()}
	p.now.Store(newDirectory(nil))
	return p, p.Reload(dir)
}

// Reload reads a folder in place of what was loaded before, at once for all readers. The error is as that of
// LoadParticipants. A folder that cannot be read at all leaves everything as it was.
func (p *Participants) Reload(dir string) error {
	found, faults, err := p.issuers.read(dir)
	if err != nil {
		return fmt.Errorf("participants: %w", err)
	}
	next := newDirectory(found)
	next.load = p.loads.Add(1)
	p.now.Store(next)
	return errors.Join(append(faults, next.conflicts()...)...)
}

func newDirectory(all []*Participant) *directory {
	d := &directory{0, all, map[string][]*Participant{}, map[accountName][]*Participant{}, map[string]*Participant{}}
	slices.SortStableFunc(d.all, latestFirst)
	for _, p := range d.all {
		for _, k := range p.Keys {
			add(d.byKey, k.ID, p)
		}
		for _, a := range p.Accounts {
			add(d.byAccount, accountName{a.Kind, a.ID}, p)
		}
		for _, r := range p.Roles {
			if r.FilerCode != "" && d.byCode[r.FilerCode] == nil {
				d.byCode[r.FilerCode] = p
			}
		}
	}
	return d
}

// conflicts finds filer codes that two parties claim. The later document counts; the operator must know.
func (d *directory) conflicts() []error {
	var faults []error
	for _, p := range d.all {
		for _, r := range p.Roles {
			if first := d.byCode[r.FilerCode]; first != nil && first.Party.Name != p.Party.Name {
				faults = append(faults, fmt.Errorf("filer code %s: %q and %q both claim it; the document issued last counts",
					r.FilerCode, first.Party.Name, p.Party.Name))
			}
		}
	}
	return faults
}

// Loaded names what is loaded now: as long as it is the same, so is every answer to the same question.
func (p *Participants) Loaded() uint64 { return p.now.Load().load }

// All lists the participants, the latest issued first. The slice is the caller's.
func (p *Participants) All() []*Participant { return slices.Clone(p.now.Load().all) }

// ByKey finds the participant whose key it is, whatever the key's use. Of several documents the latest issued counts.
func (p *Participants) ByKey(did string) (*Participant, bool) {
	found := p.now.Load().byKey[did]
	if len(found) == 0 {
		return nil, false
	}
	return found[0], true
}

// ByFilerCode finds who files under a filer code, with the party's lookup keys. Of several documents the latest issued
// counts.
func (p *Participants) ByFilerCode(code string) (*Participant, bool) {
	found, ok := p.now.Load().byCode[code]
	return found, ok
}

// Authority checks whether the key may take the step. A key that no trusted document binds is undetermined: that is no
// proof of fraud, and never enough for valid. A known key in the wrong role, on another ledger, outside its validity or
// revoked is invalid. Where several documents give the key's party the role, the latest issued speaks.
//
// ledger is the URI of the ledger that the step stands on, at the chain's own time of it, and witnessed when it was
// first seen here, by a log of one's own; zero if never before.
func (p *Participants) Authority(key string, role lifecycle.Role, ledger string, at, witnessed time.Time) Check {
	return p.now.Load().authority(step{key: key, role: role, ledger: ledger, at: at, witnessed: witnessed})
}

func (d *directory) authority(s step) Check {
	return d.weigh(Check{Name: Authority, Outcome: Undetermined, Method: "participants"}, d.byKey[s.key], s)
}

// weigh completes a check by the participants to whom a key or an account is bound, the latest issued first.
func (d *directory) weigh(c Check, bound []*Participant, s step) Check {
	if len(bound) == 0 {
		c.Reason = "no trusted participant document binds this " + s.what()
		return c
	}
	i := slices.IndexFunc(bound, func(p *Participant) bool { return p.may(s.role) })
	if i < 0 {
		c.Outcome, c.Reason = Invalid, fmt.Sprintf("the %s's participant has no role that may act as %s", s.what(), s.role)
		return c
	}
	if s.at.IsZero() {
		c.Reason = "the ledger does not tell when the step was taken"
		return c
	}
	if c.Reason = bound[i].objection(s); c.Reason != "" {
		c.Outcome = Invalid
		return c
	}
	c.Outcome = Valid
	return c
}
