package filing

import (
	"crypto"
	"fmt"
	"net/url"
	"time"

	"github.com/ftagateway/ftagateway/evidence"
	"github.com/ftagateway/ftagateway/trust/capability"
	"github.com/ftagateway/ftagateway/trust/did"
	"github.com/ftagateway/ftagateway/trust/key"
)

// Collect makes a collection for a pairwise key on an evidence server, by the server's root key.
func Collect(root crypto.Signer, base, collection string, issuer crypto.Signer, expires time.Time) (*capability.Capability, error) {
	pairwise, err := key.DID(issuer)
	if err != nil {
		return nil, err
	}
	return CollectFor(root, base, collection, pairwise, expires)
}

// CollectFor is Collect for who has the root key, and of the pairwise key no more than its did:key: the two need not lie
// on one machine. base is the scheme, host and port that the server calls itself by; collection is a token of
// evidence.NewCollection.
func CollectFor(root crypto.Signer, base, collection, issuer string, expires time.Time) (*capability.Capability, error) {
	if err := checkBase(base); err != nil {
		return nil, err
	}
	if err := evidence.CheckCollection(collection); err != nil {
		return nil, fmt.Errorf("filing: %w", err)
	}
	if _, err := did.Ed25519(issuer); err != nil {
		return nil, fmt.Errorf("filing: issuer: %w", err)
	}
	controller, err := key.DID(root)
	if err != nil {
		return nil, fmt.Errorf("filing: root: %w", err)
	}
	whole := capability.Root(evidence.Target(base, ""), controller)
	return capability.Delegate(whole, root, capability.Grant{
		Controller: issuer, Target: evidence.Target(base, collection),
		Actions: []string{evidence.Read, evidence.Write}, Expires: expires,
	})
}

// checkBase refuses what no evidence server calls itself by: a capability for it would open nothing.
func checkBase(base string) error {
	u, err := url.Parse(base)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || base != u.Scheme+"://"+u.Host {
		return fmt.Errorf("filing: base URL %q: must be http(s)://host[:port] alone", base)
	}
	return nil
}

// Admit delegates a reader a whole collection, by the pairwise key that the collection was made for. A zero expires is
// that of the collection.
func Admit(collection *capability.Capability, issuer crypto.Signer, reader string, expires time.Time) (*capability.Capability, error) {
	if _, err := did.Ed25519(reader); err != nil {
		return nil, fmt.Errorf("filing: reader: %w", err)
	}
	return capability.Delegate(collection, issuer, capability.Grant{
		Controller: reader, Target: collection.Target, Actions: []string{evidence.Read}, Expires: expires,
	})
}
