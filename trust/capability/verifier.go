package capability

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"
)

// skew is by how much the clocks of two machines may differ.
const skew = 300 * time.Second

// defaultMaxChain is how many delegations a chain may have: the server's owner to a partner, the partner to customs,
// customs to an agency.
const defaultMaxChain = 3

// Verifier decides whether a request may do what it asks for. It is used by a server, is safe for concurrent use, and
// does no I/O beside Revoked.
type Verifier struct {
	// Host is the server's own name, with its port where a client would send it.
	Host string
	// RootController answers who controls the root capability of a target, and false for a target that has none here.
	RootController func(target string) (did string, ok bool)
	// Revoked reports whether one of the delegated capabilities was revoked. It is asked last, of chains that hold
	// otherwise. Nil: nothing is revoked.
	Revoked  func(ctx context.Context, ids []string) (bool, error)
	Now      func() time.Time // nil: time.Now
	MaxChain int              // delegations in a chain; 0: three
	Chains   *Chains          // nil: every request's chain is read and its signatures verified anew
}

// Invoked is an invocation that was verified. Whether Action is the one that the request needs is for the caller to
// compare: the signature covers the method, but what a method means only the server knows.
type Invoked struct {
	Invoker    string // did:key
	Capability *Capability
	Chain      []string // ids from the root to the capability
	Action     string
	Target     string // the URL of the request

	packed string // the capability as it came
	size   int    // of it, unpacked; 0 where it was known before
}

// Verify checks a request whose body was read. Everything that is wrong with it is ErrRefused; an error of Revoked is
// not, and says nothing about the request.
func (v *Verifier) Verify(req *http.Request, body []byte) (*Invoked, error) {
	s, err := v.authenticate(req, body)
	if err != nil {
		return nil, err
	}
	inv, err := v.read(req, s)
	if err != nil {
		return nil, err
	}
	if err := v.authorize(inv, s.created); err != nil {
		return nil, err
	}
	v.Chains.keep(inv)
	if err := v.revoked(req.Context(), inv); err != nil {
		return nil, err
	}
	return inv, nil
}

// read takes the capability and the action out of the request.
func (v *Verifier) read(req *http.Request, s *signed) (*Invoked, error) {
	header, err := single(req.Header, headerInvocation)
	if err != nil {
		return nil, err
	}
	params, err := parameters(header, "zcap")
	if err != nil {
		return nil, err
	}
	if len(params) != 2 || !isToken(params["action"]) {
		return nil, refuse("invocation must have an action and one capability")
	}
	inv := &Invoked{Invoker: s.key, Action: params["action"], packed: params["capability"]}
	if inv.Capability, err = v.capability(inv, params); err != nil {
		return nil, err
	}
	inv.Chain = inv.Capability.Chain()
	inv.Target, err = v.target(req, inv.Capability)
	return inv, err
}

func (v *Verifier) capability(inv *Invoked, params map[string]string) (c *Capability, err error) {
	if _, whole := params["capability"]; !whole {
		return v.root(params["id"])
	}
	if c = v.Chains.find(inv.packed); c != nil {
		return c, nil
	}
	c, inv.size, err = unpack(inv.packed)
	return c, err
}

// root answers the root capability of an id. It is made here, from what the server knows: one that is sent proves
// nothing.
func (v *Verifier) root(id string) (*Capability, error) {
	target, ok := rootTarget(id)
	if !ok || checkTarget(target) != nil {
		return nil, refuse("root capability is malformed")
	}
	controller, ok := v.RootController(target)
	if !ok {
		return nil, refuse("root capability is not known here")
	}
	return Root(target, controller), nil
}

// target answers the URL of the request. Its scheme is that of the root's target: behind a proxy a server does not see
// which was used.
func (v *Verifier) target(req *http.Request, c *Capability) (string, error) {
	root, ok := rootTarget(c.Root())
	scheme, _, found := strings.Cut(root, "://")
	path, _, _ := strings.Cut(requestTarget(req), "?")
	if !ok || !found || checkPath(path) != nil {
		return "", refuse("request has no plain path, or capability no root")
	}
	return scheme + "://" + v.Host + requestTarget(req), nil
}

// authorize checks that the capability holds, that it is the invoker's, and that it is for this action and target.
func (v *Verifier) authorize(inv *Invoked, created time.Time) error {
	c := inv.Capability
	if err := v.VerifyDelegation(c); err != nil {
		return err
	}
	switch {
	case !controls(c.Controller, inv.Invoker):
		return refuse("invoker is not the controller")
	case c.Actions != nil && !slices.Contains(c.Actions, inv.Action):
		return refuse("action is not allowed")
	case !within(inv.Target, c.Target):
		return refuse("target is another one")
	case !c.created.IsZero() && !created.Add(skew).After(c.created):
		return refuse("invoked before it was delegated")
	}
	return nil
}

func (v *Verifier) revoked(ctx context.Context, inv *Invoked) error {
	if v.Revoked == nil || inv.Capability.IsRoot() {
		return nil
	}
	revoked, err := v.Revoked(ctx, inv.Chain[1:])
	if err != nil {
		return fmt.Errorf("asking for revoked capabilities: %w", err)
	}
	if revoked {
		return refuse("a capability of the chain was revoked")
	}
	return nil
}

func (v *Verifier) now() time.Time {
	if v.Now == nil {
		return time.Now()
	}
	return v.Now()
}
