package protocol

import "fmt"

// proofContexts gives for each type of proof the context that defines its terms. Without it the terms would be left
// out of the hash.
var proofContexts = map[string]string{
	"DataIntegrityProof":   IntegrityContext,
	"Ed25519Signature2020": Ed25519Context,
}

// contexts takes ContextV1, alone or first in an array, and after it only contexts that define a proof. Any other one
// could give the protocol's terms another meaning, and so another hash.
func (s *shape) contexts(signed bool) []string {
	v, _ := s.member("@context")
	all := contextList(v)
	if len(all) == 0 || all[0] != ContextV1 {
		s.fault("@context", v, "must be "+ContextV1+", or an array that begins with it")
		return nil
	}
	for i, c := range all[1:] {
		if c != IntegrityContext && c != Ed25519Context || contains(all[:i+1], c) {
			s.fault("@context", c, fmt.Sprintf("must be one of %s and %s, each once", IntegrityContext, Ed25519Context))
		}
	}
	if signed {
		s.proofContext(all)
	}
	return all
}

func (s *shape) proofContext(all []string) {
	proof, _ := s.obj["proof"].(map[string]any)
	kind, _ := proof["type"].(string)
	if want := proofContexts[kind]; want != "" && !contains(all, want) {
		s.fault("@context", s.obj["@context"], "must name "+want+", which defines the proof, or the hash would not cover it")
	}
}

// contextList gives the URLs of a @context; nil if it holds anything else.
func contextList(v any) []string {
	if one, ok := v.(string); ok {
		return []string{one}
	}
	items, _ := v.([]any)
	var all []string
	for _, item := range items {
		c, ok := item.(string)
		if !ok {
			return nil
		}
		all = append(all, c)
	}
	return all
}

func (s *shape) patchContexts() {
	v, _ := s.member("@context")
	all := contextList(v)
	if len(all) < 2 || len(all) > 16 || all[0] != PatchContextV1 {
		s.fault("@context", v, "must be an array of "+PatchContextV1+" and 1 to 15 more URLs")
	}
}

// proof takes at most one proof of a known type. Its members are checked by who verifies it.
func (s *shape) proof() bool {
	v, ok := s.member("proof")
	if !ok {
		return false
	}
	obj, _ := v.(map[string]any)
	kind, _ := obj["type"].(string)
	if proofContexts[kind] == "" {
		s.fault("proof", v, "must be one object of type DataIntegrityProof or Ed25519Signature2020")
	}
	return true
}

func contains(all []string, want string) bool {
	for _, one := range all {
		if one == want {
			return true
		}
	}
	return false
}
