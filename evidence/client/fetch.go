package client

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"slices"
	"time"

	"github.com/ftagateway/ftagateway/evidence"
	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/trust/capability"
)

// Fetched is evidence whose digest is the record's.
type Fetched struct {
	Content    []byte
	MediaType  string
	Digest     ld.Digest
	Capability string // id of the one that was used
}

// maxTries bounds how many of an issuer's capabilities are tried for one piece of evidence.
const maxTries = 8

// Fetch gets the evidence that a record of this issuer names. Only capabilities that the issuer's own key delegated are
// used, those for this very piece first, then the latest; each has Config.Timeout. The error is nil, a *Mismatch or a
// *Failure, as the package comment says. Where one server has it and another has other bytes, the former counts; where
// one has other bytes and another cannot be asked, the former counts too: it did answer.
func (c *Client) Fetch(ctx context.Context, issuer string, ref evidence.Ref) (*Fetched, error) {
	ways, err := c.ways(issuer, ref)
	if err != nil {
		return nil, err
	}
	var worst error
	for _, w := range ways {
		f, err := c.try(ctx, w, ref)
		if err == nil {
			return f, nil
		}
		worst = weightier(worst, err)
	}
	return nil, worst
}

// weightier answers a mismatch before a failure, and the earlier of two alike.
func weightier(have, next error) error {
	var m *Mismatch
	if have == nil || !errors.As(have, &m) && errors.As(next, &m) {
		return next
	}
	return have
}

// way is a URL under a capability that leads to it.
type way struct {
	url        string
	capability *capability.Capability
}

// ways answers where evidence may be had, best first; a *Failure if nowhere.
func (c *Client) ways(issuer string, ref evidence.Ref) ([]way, error) {
	if _, err := evidence.ParseID(ref.ID); err != nil {
		return nil, &Failure{BadReference, err}
	}
	if c.cfg.Holdings == nil {
		return nil, failure(NoCapability, "this client holds no capabilities")
	}
	held, err := c.cfg.Holdings.of(issuer)
	if err != nil {
		return nil, &Failure{HoldingsFailed, err}
	}
	ways, expired := leading(held, ref.ID, c.cfg.Now())
	switch {
	case len(ways) > 0:
		return best(ways), nil
	case expired > 0:
		return nil, failure(CapabilityExpired, "all capabilities of issuer %s for %s", issuer, ref.ID)
	}
	return nil, failure(NoCapability, "none of issuer %s leads to %s", issuer, ref.ID)
}

// leading answers the ways to evidence that capabilities open, and how many have expired that opened one.
func leading(held []holding, id string, now time.Time) (ways []way, expired int) {
	for _, h := range held {
		url, err := evidence.Locate(h.capability.Target, id)
		if err != nil {
			continue // it is for another piece alone
		}
		if !h.capability.Expires.After(now) {
			expired++
			continue
		}
		ways = append(ways, way{url, h.capability})
	}
	return ways, expired
}

// best puts ways by the narrowest capability first, which Locate left as it was, and keeps the order of the rest.
func best(ways []way) []way {
	narrow := func(w way) int {
		if w.url == w.capability.Target {
			return 0
		}
		return 1
	}
	slices.SortStableFunc(ways, func(a, b way) int { return cmp.Compare(narrow(a), narrow(b)) })
	return ways[:min(len(ways), maxTries)]
}

// try asks one server.
func (c *Client) try(ctx context.Context, w way, ref evidence.Ref) (*Fetched, error) {
	ctx, cancel := context.WithTimeout(ctx, c.cfg.Timeout)
	defer cancel()
	resp, fail := c.ask(ctx, w, ref)
	if fail != nil {
		return nil, fail
	}
	defer func() { _ = resp.Body.Close() }() // nothing is written: what counts was read
	content, fail := c.content(ctx, resp, ref.MediaType)
	if fail != nil {
		return nil, fail
	}
	if got := ld.Sum(content); got != ref.Digest {
		return nil, &Mismatch{Expected: ref.Digest, Got: got, Size: len(content)}
	}
	return &Fetched{content, ref.MediaType, ref.Digest, w.capability.ID}, nil
}

func (c *Client) ask(ctx context.Context, w way, ref evidence.Ref) (*http.Response, *Failure) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, w.url, nil)
	if err != nil {
		return nil, &Failure{BadReference, err}
	}
	req.Header.Set("Accept", ref.MediaType)
	return c.send(req, nil, capability.Invocation{Capability: w.capability, Action: evidence.Read, Signer: c.cfg.Signer})
}
