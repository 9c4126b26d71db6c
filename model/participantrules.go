package model

import (
	"slices"
	"strings"

	"github.com/ftagateway/ftagateway/schemas"
)

// Check holds the participant against the rules beyond its schema.
func (p *Participant) Check() schemas.Faults {
	var fs schemas.Faults
	p.Party.check(&fs, "/party")
	order(&fs, "/validUntil", p.ValidFrom, p.ValidUntil)
	for i, r := range p.Roles {
		if r.FilerCode != "" && !slices.Contains(filers, r.Role) {
			fs.Add(schemas.Pointer("/roles", i, "filerCode"), r.FilerCode, "must be absent: only a broker or an importer files", "19 CFR 142.3a")
		}
	}
	if len(p.Keys)+len(p.Accounts) == 0 {
		fs.Add("/keys", nil, "must hold a key, or /accounts an account: nothing could be known to be the party's", sourceOurs)
	}
	seen := map[string]bool{}
	for i, k := range p.Keys {
		at := schemas.Pointer("/keys", i)
		k.check(&fs, at)
		if name := k.Use + " " + k.ID + " " + k.Ledger; k.ID != "" && seen[name] {
			fs.Add(at+"/id", k.ID, "must not be listed twice for one use", sourceOurs)
		} else {
			seen[name] = true
		}
	}
	p.checkAccounts(&fs)
	return fs
}

func (p *Participant) checkAccounts(fs *schemas.Faults) {
	seen := map[[3]string]bool{}
	for i := range p.Accounts {
		a, at := &p.Accounts[i], schemas.Pointer("/accounts", i)
		a.check(fs, at)
		name := [3]string{a.Kind, a.ID, a.Ledger}
		if a.ID != "" && seen[name] {
			fs.Add(at+"/id", a.ID, "must not be listed twice for one ledger", sourceOurs)
		}
		seen[name] = true
	}
}

var filers = []string{RoleBroker, RoleImporter}

// agreementKey begins a did:key of X25519, which can derive lookups and cannot sign.
const agreementKey = "did:key:z6LS"

func (k *ParticipantKey) check(fs *schemas.Faults, at string) {
	lookup := k.Use == UseLookup
	if k.ID != "" && k.Use != "" && lookup != strings.HasPrefix(k.ID, agreementKey) {
		fs.Add(at+"/id", k.ID, "must be of X25519 for lookups and of Ed25519 for everything else", sourceOurs)
	}
	if k.Ledger != "" && k.Use != UseSigning {
		fs.Add(at+"/ledger", k.Ledger, "must be absent: only a signing key is bound to a ledger", sourceOurs)
	}
	order(fs, at+"/validUntil", k.ValidFrom, k.ValidUntil)
	if k.Revoked != nil && !k.Revoked.Since.IsZero() && k.Revoked.Since.Time().Before(k.ValidFrom.Time()) {
		fs.Add(at+"/revoked/since", k.Revoked.Since.String(), "must not be before the key was valid, "+k.ValidFrom.String(), sourceOurs)
	}
}

// order finds a validity that ends before it begins.
func order(fs *schemas.Faults, at string, from, until Instant) {
	if !from.IsZero() && !until.IsZero() && !from.Time().Before(until.Time()) {
		fs.Add(at, until.String(), "must be after "+from.String(), sourceOurs)
	}
}
