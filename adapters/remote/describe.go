package remote

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/remote/protocol"
)

// unreached is what is said of a ledger that never answered. It offers everything, so that whoever plans by the
// description asks, and hears of the outage: a ledger left out because it offers nothing would turn an outage into an
// absence.
var unreached = driver.Description{
	Unreached: true,
	Kind:      "remote",
	Abilities: []driver.Ability{driver.AbilityRead, driver.AbilityVersions, driver.AbilityFind, driver.AbilityChanges,
		driver.AbilityAppend},
	MaxBody: protocol.MaxBody, PageSize: 100,
	WriteMode: driver.WriteCheckThenWrite,
}

// Describe says what the server said of its ledger when it first answered. Until then it offers everything, and has no
// URI but a pinned one.
func (l *Ledger) Describe() driver.Description {
	d := unreached
	if known := l.described.Load(); known != nil {
		d = *known
	} else {
		d.URI = l.target.uri
	}
	d.Abilities, d.ProofTypes, d.Via = slices.Clone(d.Abilities), slices.Clone(d.ProofTypes), slices.Clone(d.Via)
	return d
}

// reach gives the description, and asks for it the first time. Callers take turns; a failure is each one's own.
func (l *Ledger) reach(ctx context.Context) (*driver.Description, error) {
	if d := l.described.Load(); d != nil {
		return d, nil
	}
	select {
	case l.asking <- struct{}{}:
		defer func() { <-l.asking }()
	case <-ctx.Done():
		return nil, driver.FromContext(ctx)
	}
	if d := l.described.Load(); d != nil {
		return d, nil
	}
	return l.askDescription(ctx)
}

// maxDescription bounds a description and a head, in bytes.
const maxDescription = 64 << 10

func (l *Ledger) askDescription(ctx context.Context) (*driver.Description, error) {
	m := new(protocol.Description)
	uri, err := l.client.call(ctx, l.ask(protocol.OpDescribe, nil, maxDescription), m)
	if err != nil {
		return nil, err
	}
	d, err := describedBy(m)
	switch {
	case err != nil:
		return nil, slip(onDescription, "the answer to describe: %w", err)
	case uri == "":
		return nil, unnamed(protocol.OpDescribe)
	case uri != d.URI:
		return nil, slip(onMessages, "describe tells the uri %q, and the header %s of its answer tells %.100q: they must be the same",
			d.URI, protocol.LedgerHeader, uri)
	case l.target.uri != "" && d.URI != l.target.uri:
		return nil, driver.Errorf(driver.Unavailable, "the server has ledger %q, and not %q", d.URI, l.target.uri)
	}
	if err := l.keepURI(d.URI); err != nil {
		return nil, err
	}
	l.described.Store(d)
	return d, nil
}

// describedBy holds a description against the rules, and cuts its limits down to ours.
func describedBy(m *protocol.Description) (*driver.Description, error) {
	switch {
	case m.Protocol != protocol.Version:
		return nil, fmt.Errorf("protocol is %.20q, this driver speaks %q", m.Protocol, protocol.Version)
	case !isURI(m.URI):
		return nil, fmt.Errorf("uri %.100q is not a URI of at most %d bytes", m.URI, maxURI)
	case m.Kind == "" || len(m.Kind) > 64 || len(m.Finality) > 1024:
		return nil, fmt.Errorf("kind must have 1 to 64 bytes, and finality 1024 at most")
	case !slices.Contains(m.Abilities, driver.AbilityRead):
		return nil, fmt.Errorf("abilities do not hold %q", driver.AbilityRead)
	case m.MaxBody == 0 || m.PageSize == 0:
		return nil, fmt.Errorf("maxBody and pageSize must be at least 1")
	case !protocol.AreHops(m.Via):
		return nil, fmt.Errorf("via must name at most %d gateways", protocol.MaxHops)
	}
	d := &driver.Description{
		URI: m.URI, Kind: m.Kind, Abilities: once(m.Abilities), WriteMode: m.WriteMode, Finality: m.Finality,
		MaxBody: int(min(m.MaxBody, protocol.MaxBody)), PageSize: int(min(m.PageSize, protocol.MaxPage)),
		BlockTime: protocol.Duration(m.BlockTimeMillis, 24*time.Hour), ProofTypes: m.ProofTypes, Via: m.Via, ForTesting: m.ForTesting,
	}
	return d, agrees(d)
}

// agrees holds the parts of a description against each other.
func agrees(d *driver.Description) error {
	writes := d.WriteMode == driver.WriteCAS || d.WriteMode == driver.WriteCheckThenWrite
	switch {
	case !writes && d.WriteMode != driver.WriteNone:
		return fmt.Errorf("writeMode %.40q is not known", d.WriteMode)
	case writes != d.Can(driver.AbilityAppend):
		return fmt.Errorf("writeMode %q and the ability append do not agree", d.WriteMode)
	case d.Can(driver.AbilityProve) != (len(d.ProofTypes) > 0) || len(d.ProofTypes) > 16:
		return fmt.Errorf("proofTypes must name 1 to 16 types if prove is offered, and else none")
	}
	for _, name := range d.ProofTypes {
		if name == "" || len(name) > 64 {
			return fmt.Errorf("a proof type must have 1 to 64 bytes")
		}
	}
	return nil
}

// maxAbilities bounds how many abilities are kept of a description, and maxAbility each of their names, in bytes.
const maxAbilities, maxAbility = 32, 64

// once gives each ability once, those first that this version knows. Those that this version does not know are kept and never made use of: a later version of
// the protocol may, and the conformance suite tells a vendor of a word that is misspelt.
func once(described []driver.Ability) []driver.Ability {
	out := slices.DeleteFunc(driver.Abilities(), func(a driver.Ability) bool { return !slices.Contains(described, a) })
	for _, a := range described {
		if len(out) < maxAbilities && len(a) <= maxAbility && !slices.Contains(out, a) {
			out = append(out, a)
		}
	}
	return out
}
