package proof

import (
	"crypto/ed25519"
	"fmt"
	"maps"
	"time"

	"github.com/multiformats/go-multibase"

	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/schemas"
)

// read takes the one proof of a document apart, and checks its form.
func read(doc ld.Object, purpose string) (*proof, error) {
	raw, ok := doc["proof"].(ld.Object)
	if !ok {
		return nil, fmt.Errorf("%w: %w", ErrInvalid, schemas.NewFault("/proof", nil, "must be exactly one proof", ""))
	}
	if err := known(raw, purpose); err != nil {
		return nil, err
	}
	p := &proof{options: maps.Clone(raw)}
	delete(p.options, "proofValue")
	for _, step := range []func(ld.Object) error{p.readSuite, p.readPurpose(purpose), p.readCreated, p.readMethod, p.readValue} {
		if err := step(raw); err != nil {
			return nil, err
		}
	}
	return p, nil
}

// known refuses members that are not understood.
func known(raw ld.Object, purpose string) error {
	for name := range raw {
		if !members[name] && (name != chainMember || purpose != CapabilityDelegation) {
			return unsupported(name, raw[name])
		}
	}
	return nil
}

func (p *proof) readSuite(raw ld.Object) error {
	suite, hasSuite := raw["cryptosuite"]
	switch kind := text(raw, "type"); {
	case kind == Ed25519Signature2020 && !hasSuite:
		p.Suite = kind
		return nil
	case kind != dataIntegrity:
		return unsupported("type", raw["type"])
	case suite != JCS2022 && suite != RDFC2022:
		return unsupported("cryptosuite", suite)
	}
	p.Suite = text(raw, "cryptosuite")
	return nil
}

func (p *proof) readPurpose(want string) func(ld.Object) error {
	return func(raw ld.Object) error {
		if p.Purpose = text(raw, "proofPurpose"); p.Purpose != want {
			return invalid("proofPurpose", raw["proofPurpose"], "must be "+want)
		}
		return nil
	}
}

func (p *proof) readCreated(raw ld.Object) error {
	var t time.Time
	if err := t.UnmarshalText([]byte(text(raw, "created"))); err != nil { // stricter than time.Parse
		return invalid("created", raw["created"], "must be an instant with its zone, as RFC 3339 writes it")
	}
	p.Created = t.UTC()
	return nil
}

func (p *proof) readMethod(raw ld.Object) (err error) {
	p.Method = text(raw, "verificationMethod")
	p.Key, p.public, err = method(p.Method)
	return err
}

// maxValue is above the 89 characters that 64 bytes can take, so that a long text costs nothing.
const maxValue = 96

func (p *proof) readValue(raw ld.Object) error {
	value := text(raw, "proofValue")
	if len(value) > 0 && len(value) <= maxValue && value[0] == multibase.Base58BTC {
		if _, b, err := multibase.Decode(value); err == nil && len(b) == ed25519.SignatureSize {
			p.value = b
			return nil
		}
	}
	return invalid("proofValue", raw["proofValue"], `must be "z" and 64 bytes in base58btc`)
}

// text answers a member that is a string, and "" for anything else.
func text(obj ld.Object, name string) string {
	s, _ := obj[name].(string)
	return s
}
