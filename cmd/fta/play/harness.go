// Package play makes a conformance harness of a ledger's URL, for fta conformance.
package play

import (
	"context"
	"crypto"
	"errors"
	"fmt"
	"net/url"
	"strings"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/store"
	"github.com/ftagateway/ftagateway/conformance"
	"github.com/ftagateway/ftagateway/translate"
	"github.com/ftagateway/ftagateway/trust/key"
)

// Form is what keys and bodies the chain takes.
type Form string

// The forms. ByScheme takes that of the URL's scheme.
const (
	ByScheme Form = ""
	Bytes    Form = "bytes"  // any key, any bytes
	Record   Form = "record" // a urn:uuid, and a JSON object with that id
)

// Forms lists them for people.
func Forms() []string { return []string{string(Bytes), string(Record)} }

// Ledger is what is played against, and what whoever runs the suite gives it. Only URL is needed.
type Ledger struct {
	URL     string // of a driver's scheme, or http(s): a server that speaks the ledger protocol
	Another string // URL of another ledger of the same kind
	Form    Form
	KeyForm KeyForm            // draws keys, in place of those of Form; not with a mapping of records, which says its keys itself
	Mapping *translate.Mapping // draws keys and bodies in the ledger's own shape, in place of Form, and tells the driver where they are
	Signer  crypto.Signer      // signs what the driver writes; nil where the driver needs none, or nothing is to be written
	Keys    []string           // some that stand on the ledger
	// Anchors are what its proofs are verified with, and OtherAnchors those of a chain that is not to be believed.
	Anchors, OtherAnchors driver.Anchors
}

// Harness plays against the ledger. The drivers' own indexes are kept in memory and live as long as the harness; end lets
// go of them.
func (l Ledger) Harness() (h conformance.Harness, end func() error, err error) {
	u, err := parse(l.URL)
	if err != nil {
		return h, nil, err
	}
	if err := l.draws(&h, u.Scheme); err != nil {
		return h, nil, err
	}
	if err := l.drawsKeys(&h); err != nil {
		return h, nil, err
	}
	if err := l.author(&h, u.Scheme); err != nil {
		return h, nil, err
	}
	end, err = l.opens(&h, u)
	if err != nil {
		return h, nil, err
	}
	h.Keys, h.Mapping = l.Keys, meaning(l.Mapping)
	h.Anchors, h.OtherAnchors = given(l.Anchors), given(l.OtherAnchors)
	return h, end, nil
}

// opens sets what opens the ledger and the other one.
func (l Ledger) opens(h *conformance.Harness, u *url.URL) (end func() error, err error) {
	var other *url.URL
	if l.Another != "" {
		if other, err = parse(l.Another); err != nil {
			return nil, err
		}
	}
	mine, others := store.Memory(), store.Memory()
	h.Open = l.opening(u, mine)
	if u.Scheme != "memory" || u.Host != "" { // without a host each such URL is a chain of its own
		h.Reopen = h.Open
	}
	if other != nil {
		h.Another = l.opening(other, others)
	}
	return func() error { return errors.Join(mine.Close(), others.Close()) }, nil
}

func (l Ledger) opening(u *url.URL, kept driver.KV) func(context.Context) (driver.Ledger, error) {
	env := driver.Env{Store: kept, Signer: l.Signer}
	if l.Mapping != nil {
		env.Native = l.Mapping.Native()
	}
	return func(ctx context.Context) (driver.Ledger, error) { return driver.Open(ctx, u.String(), env) }
}

// parse takes what answers HTTP for a server that speaks the ledger protocol.
func parse(rawURL string) (*url.URL, error) {
	u, err := url.Parse(rawURL)
	if err != nil {
		return nil, fmt.Errorf("ledger URL: %w", err)
	}
	if u.Scheme == "http" || u.Scheme == "https" {
		u.Scheme = remoteScheme + u.Scheme
	}
	return u, nil
}

// remoteScheme begins the schemes of the driver for the ledger protocol.
const remoteScheme = "ledger+"

// draws chooses how keys and bodies are made.
func (l Ledger) draws(h *conformance.Harness, scheme string) error {
	switch {
	case l.Mapping != nil && l.Mapping.Derives():
		drawn, err := samplesOf(l.Mapping)
		h.NewBody = drawn.body
		return err
	case l.Mapping != nil:
		shape := shaped{l.Mapping}
		h.NewKey, h.NewBody = shape.key, shape.body
		return shape.tried()
	case l.Form == Record || l.Form == ByScheme && strings.HasPrefix(scheme, "webledger+"):
		h.NewKey, h.NewBody = recordKey, recordBody
	}
	return nil
}

// drawsKeys makes keys of the form that was asked for. Where keys and bodies are records', there is none to ask for.
func (l Ledger) drawsKeys(h *conformance.Harness) error {
	if l.KeyForm == "" {
		return nil
	}
	if h.NewKey != nil {
		return fmt.Errorf("key form %q: must not be given where records are drawn, whose ids say their keys", string(l.KeyForm))
	}
	h.NewKey = l.KeyForm.keys()
	return l.KeyForm.check()
}

// author is the signer, but behind the ledger protocol, whose server signs for itself or not at all.
func (l Ledger) author(h *conformance.Harness, scheme string) (err error) {
	if l.Signer == nil || strings.HasPrefix(scheme, remoteScheme) {
		return nil
	}
	h.Author.Kind = "did"
	h.Author.ID, err = key.DID(l.Signer)
	return err
}

func given(a driver.Anchors) func() driver.Anchors {
	if a == nil {
		return nil
	}
	return func() driver.Anchors { return a }
}
