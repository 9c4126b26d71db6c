package disclosure

import (
	"strings"

	"github.com/ftagateway/ftagateway/schemas"
)

// isLedger takes a ledger's own URI, plain or as the bytes of its text. It may name a contract or a namespace in words,
// which are looked at; long runs are hashes and addresses.
func (x *inspection) isLedger(v any) string {
	const rule = "must be a ledger's own URI, a URN or a CAIP-10 account"
	s, _ := v.(string)
	uri, ok := ledgerIn(s)
	if !ok {
		return rule
	}
	for _, part := range strings.Split(uri, ":") {
		if what := x.inName(part); what != "" {
			return rule + " that tells nothing of the parties: it holds " + what
		}
	}
	return ""
}

func ledgerIn(s string) (string, bool) {
	pattern := schemas.RecordLeaves()["/ledger"].Pattern
	if pattern.MatchString(s) {
		return s, true
	}
	for _, b := range spelled(s) {
		if text := strings.Trim(string(b), "\x00"); pattern.MatchString(text) {
			return text, true
		}
	}
	return "", false
}

func (x *inspection) inName(part string) string {
	for _, b := range spelled(part) {
		if what := x.secrets.hashed(b, x.rules); what != "" {
			return what
		}
	}
	const long = 32 // characters of the shortest hash or account that is used as a name
	if len(part) >= long {
		return x.secrets.in(part, randomText, x.rules)
	}
	if what := x.secrets.in(part, nameText, x.rules); what != "" {
		return what
	}
	if k := kindOf(part, nil); k != nil {
		return k.name
	}
	return ""
}
