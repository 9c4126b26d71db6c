package protocol

import (
	"errors"
	"fmt"

	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/trust/proof"
)

// ConsensusMethod is how a node of this project agrees on blocks.
const ConsensusMethod = "https://w3id.org/fta#CometBFT"

// SignatureValidator is the type of validator that asks for a signature of an approved signer.
const SignatureValidator = "SignatureValidator2017"

// MaxSigners is how many signers a validator names at most.
const MaxSigners = 1000

// Validator says who must have signed messages of some types.
type Validator struct {
	Types          []string // that it is for; none: all
	ApprovedSigner []string // did:key, any one of which is enough
}

// Refusal is why a well-formed message may not be written by whoever sent it.
type Refusal struct{ Why string }

// Error gives the reason.
func (r *Refusal) Error() string { return r.Why }

func refuse(format string, args ...any) *Refusal { return &Refusal{fmt.Sprintf(format, args...)} }

// approvedBy asks every validator that is for this type, of which there must be one.
func approvedBy(all []Validator, kind string, message ld.Object) (string, error) {
	if _, signed := message["proof"]; !signed {
		return "", refuse("%s without a proof", kind)
	}
	found, err := proof.Verify(message, "assertionMethod")
	if err != nil {
		return "", refuse("proof of %s: %s", kind, proofReason(err))
	}
	asked := 0
	for _, v := range all {
		if len(v.Types) > 0 && !contains(v.Types, kind) {
			continue
		}
		if asked++; !contains(v.ApprovedSigner, found.Key) {
			return "", refuse("%s is not an approved signer of %s", found.Key, kind)
		}
	}
	if asked == 0 {
		return "", refuse("the configuration lets nobody write %s", kind)
	}
	return found.Key, nil
}

func proofReason(err error) string {
	if errors.Is(err, proof.ErrUnsupported) {
		return "its suite, method or context is not known here"
	}
	return "it is not valid"
}

func validator(signers []string, types ...string) ld.Object {
	return ld.Object{
		"type":            SignatureValidator,
		"validatorFilter": []any{ld.Object{"type": "ValidatorFilterByType", "validatorFilterByType": anyStrings(types)}},
		"approvedSigner":  anyStrings(signers), "minimumSignaturesRequired": float64(1),
	}
}

func (s *shape) validators(name string) []Validator {
	if _, ok := s.member(name); !ok {
		return nil
	}
	var all []Validator
	for i, v := range s.list(name, 1, 16) {
		at := fmt.Sprintf("%s/%s/%d", s.at, name, i)
		obj, ok := v.(map[string]any)
		if !ok {
			s.faults.add(at, v, "must be an object")
			continue
		}
		all = append(all, newShape(at, obj, s.faults).validator())
	}
	return all
}

func (s *shape) validator() Validator {
	s.is("type", SignatureValidator)
	v := Validator{Types: s.filters(), ApprovedSigner: s.strings("approvedSigner", 1, MaxSigners)}
	for _, signer := range v.ApprovedSigner {
		if !isSigner(signer) {
			s.fault("approvedSigner", signer, "must be the did:key of an Ed25519 key")
		}
	}
	if n := s.count("minimumSignaturesRequired"); n != 1 {
		s.fault("minimumSignaturesRequired", n, "must be 1: a message carries one proof")
	}
	s.closed()
	return v
}

func (s *shape) filters() []string {
	if _, ok := s.member("validatorFilter"); !ok {
		return nil
	}
	var types []string
	for i, v := range s.list("validatorFilter", 1, 16) {
		obj, _ := v.(map[string]any)
		f := newShape(fmt.Sprintf("%s/validatorFilter/%d", s.at, i), obj, s.faults)
		f.is("type", "ValidatorFilterByType")
		types = append(types, f.strings("validatorFilterByType", 1, 16)...)
		f.closed()
	}
	return types
}

func (s *shape) strings(name string, least, most int) []string {
	var all []string
	for _, v := range s.list(name, least, most) {
		text, ok := v.(string)
		if !ok || text == "" {
			s.fault(name, v, "must be an array of strings")
		}
		all = append(all, text)
	}
	return all
}
