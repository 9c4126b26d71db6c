// Package capability reads, delegates, invokes and verifies authorization capabilities (zcaps) as the npm libraries
// @digitalbazaar/ezcap, zcap and http-signature-zcap-verify do, so that either side can be theirs.
//
// A capability is a key to a part of a server, in a document: its controller may do its actions below its target until
// it expires. Whoever runs the server is the controller of the root capability, which is never sent. A delegation is
// signed by the controller of the one it stands on, and only narrows it.
package capability

import (
	"net/url"
	"strings"
	"sync/atomic"
	"time"

	"github.com/ftagateway/ftagateway/ld"
)

// The contexts of a capability. A root has the first, a delegated one both, in this order.
const (
	contextZcap    = "https://w3id.org/zcap/v1"
	context2020    = "https://w3id.org/security/suites/ed25519-2020/v1"
	rootPrefix     = "urn:zcap:root:"
	maxDelegations = 8 // that Parse looks into, whatever a Verifier allows
)

// Capability is a capability that was read or made. Its fields say what the document says, and are not to be changed.
type Capability struct {
	ID         string
	Controller string    // a did:key, or a verification method of one
	Target     string    // URL of what it gives access to, and to all below
	Actions    []string  // what may be done; nil is everything
	Expires    time.Time // zero for a root
	Parent     string    // id of the capability it stands on; empty for a root

	object  ld.Object
	created time.Time     // of its proof
	parents []*Capability // the delegated ones that it stands on, nearest to the root first

	// What was worked out of the object, which never changes, and can never come out otherwise.
	packed    atomic.Pointer[string] // as it travels in a header
	delegator atomic.Pointer[string] // did:key that signed it, once the signature was verified
}

// Root makes the capability for everything at and below a target. It is known to the server, and never sent.
func Root(target, controller string) *Capability {
	id := RootID(target)
	return &Capability{ID: id, Controller: controller, Target: target, object: ld.Object{
		"@context": contextZcap, "id": id, "controller": controller, "invocationTarget": target,
	}}
}

// RootID names the root capability of a target.
func RootID(target string) string { return rootPrefix + encodeURIComponent(target) }

// rootTarget answers the target that a root's id names.
func rootTarget(id string) (string, bool) {
	escaped, ok := strings.CutPrefix(id, rootPrefix)
	if !ok {
		return "", false
	}
	target, err := url.PathUnescape(escaped)
	return target, err == nil && RootID(target) == id
}

// encodeURIComponent escapes as ECMAScript's function of that name does.
func encodeURIComponent(s string) string {
	const hexDigits = "0123456789ABCDEF"
	var b strings.Builder
	for i := range len(s) {
		c := s[i]
		if 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || strings.IndexByte("-_.!~*'()", c) >= 0 {
			b.WriteByte(c)
			continue
		}
		b.Write([]byte{'%', hexDigits[c>>4], hexDigits[c&15]})
	}
	return b.String()
}

// IsRoot reports whether the capability stands on no other.
func (c *Capability) IsRoot() bool { return c.Parent == "" }

// Object answers the capability as a document, for instance to send it to whom it is for. It is not to be changed.
func (c *Capability) Object() ld.Object { return c.object }

// Root answers the id of the root that the capability stands on: its own, if it is one.
func (c *Capability) Root() string {
	if c.IsRoot() {
		return c.ID
	}
	return c.chain()[0].Parent
}

// chain answers the delegated capabilities from the one nearest to the root to c itself; none for a root.
func (c *Capability) chain() []*Capability {
	if c.IsRoot() {
		return nil
	}
	return append(append([]*Capability{}, c.parents...), c)
}

// Chain answers the ids from the root to c itself. Who revokes one of them revokes c.
func (c *Capability) Chain() []string {
	ids := []string{c.Root()}
	for _, d := range c.chain() {
		ids = append(ids, d.ID)
	}
	return ids
}
