// Package evidencetest has what the tests of the evidence server and of its client stand on: a partner with its keys
// and its running server.
package evidencetest

import (
	"crypto"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/evidence"
	"github.com/ftagateway/ftagateway/trust/capability"
	"github.com/ftagateway/ftagateway/trust/key"
)

// Party is somebody with a key.
type Party struct {
	crypto.Signer
	DID string
}

// NewParty makes a key.
func NewParty(t testing.TB) Party {
	t.Helper()
	signer, err := key.NewSigner()
	Must(t, err)
	did, err := key.DID(signer)
	Must(t, err)
	return Party{signer, did}
}

// Must ends the test on an error.
func Must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// Delegate narrows a capability, and ends the test if that is not possible.
func Delegate(t testing.TB, parent *capability.Capability, by Party, g capability.Grant) *capability.Capability {
	t.Helper()
	if g.Expires.IsZero() && parent.IsRoot() {
		g.Expires = time.Now().Add(24 * time.Hour)
	}
	c, err := capability.Delegate(parent, by.Signer, g)
	Must(t, err)
	return c
}

// Partner is a partner with one pairwise key, whose collection CBP may read.
type Partner struct {
	Owner, Filer, Customs Party
	Collection            string
	Root                  *capability.Capability // of the server, the owner's
	Filing                *capability.Capability // the owner gave the filer's key its collection, to read and write
	Reading               *capability.Capability // the filer's key gave CBP the same, to read
}

// NewPartner makes the keys and delegations of a partner whose server is at base.
func NewPartner(t testing.TB, base string, customs Party) Partner {
	t.Helper()
	p := Partner{Owner: NewParty(t), Filer: NewParty(t), Customs: customs, Collection: evidence.NewCollection()}
	return p.at(t, base)
}

// at makes the delegations for a server's address.
func (p Partner) at(t testing.TB, base string) Partner {
	t.Helper()
	p.Root = capability.Root(evidence.Target(base, ""), p.Owner.DID)
	p.Filing = Delegate(t, p.Root, p.Owner, capability.Grant{
		Controller: p.Filer.DID, Target: evidence.Target(base, p.Collection), Actions: []string{evidence.Read, evidence.Write},
	})
	p.Reading = Delegate(t, p.Filing, p.Filer, capability.Grant{Controller: p.Customs.DID, Actions: []string{evidence.Read}})
	return p
}
