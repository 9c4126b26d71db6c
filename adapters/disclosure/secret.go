package disclosure

import (
	"context"
	"slices"
	"strings"

	"github.com/ftagateway/ftagateway/ld"
)

// secrets is what a document says that must not stand on a ledger, unless its field is listed.
type secrets struct {
	needles map[string][]needle // by how they begin
	words   map[string][]string // short names of companies, and the fields that they are of
	amounts map[string][]string
	hashes  map[fingerprint][]string
	known   map[[2]string]bool // field and value that are among them
}

// needle is a text without punctuation, in capitals, and the fields that say it.
type needle struct {
	text   string
	fields []string
}

type documentKey struct{}

// WithDocument has Append and Inspect look for what a document says, and for hashes of it. The document is as decoded
// from JSON, with its credentialSubject and salt. It is kept no longer than the context.
func WithDocument(ctx context.Context, document ld.Object) context.Context {
	return context.WithValue(ctx, documentKey{}, secretsOf(document))
}

func secretsIn(ctx context.Context) *secrets {
	s, _ := ctx.Value(documentKey{}).(*secrets)
	return s
}

// The least lengths of what is looked for. In random text a shorter one would be found by chance: 11 letters and digits
// stand in an id, a key or a digest once in 10^13, and a document has a few thousand values.
const (
	anyText    = 6
	randomText = 11
)

// in says which of the document's values stands in a text, in whatever punctuation, case or encoding; "" if none does.
func (s *secrets) in(text string, least int, rules *compiled) string {
	if s == nil || text == "" {
		return ""
	}
	if field := s.find(text, least, rules); field != "" {
		return spoken(field, text)
	}
	if least == randomText {
		return ""
	}
	for _, b := range spelled(text) {
		if field := s.find(string(b), randomText-1, rules); field != "" {
			return spoken(field, text)
		}
		if what := s.hashed(b, rules); what != "" {
			return what
		}
	}
	return s.whole(text, rules)
}

func spoken(field, text string) string {
	if hasHost(text) {
		return "a host name that tells the document's " + field
	}
	return "the document's " + field
}

// find gives the field of a value that stands in a text.
func (s *secrets) find(text string, least int, rules *compiled) string {
	text = bare(text)
	for i := 0; i+anyText <= len(text); i++ {
		for _, n := range s.needles[text[i:i+anyText]] {
			if len(n.text) >= least && strings.HasPrefix(text[i:], n.text) && !rules.allowsAny(n.fields) {
				return n.fields[0]
			}
		}
	}
	return ""
}

// whole finds what counts only as a whole value, or as a word of its own.
func (s *secrets) whole(text string, rules *compiled) string {
	if fields := s.amounts[text]; fields != nil && !rules.allowsAny(fields) {
		return "the document's " + fields[0]
	}
	if len(s.words) == 0 {
		return ""
	}
	for _, r := range runsOf(text) {
		if fields := s.words[strings.ToUpper(r.text)]; fields != nil && !rules.allowsAny(fields) {
			return spoken(fields[0], text)
		}
	}
	return ""
}

// bare is a text's letters and digits, in capitals.
func bare(s string) string {
	out := make([]byte, 0, len(s))
	for i := range len(s) {
		switch c := s[i]; {
		case c >= 'a' && c <= 'z':
			out = append(out, c-'a'+'A')
		case alphanumeric(c) || c >= 0x80:
			out = append(out, c)
		}
	}
	return string(out)
}

func (s *secrets) needle(text, field string) {
	if len(text) < anyText {
		return
	}
	begins := text[:anyText]
	for i, n := range s.needles[begins] {
		if n.text == text {
			s.needles[begins][i].fields = with(n.fields, field)
			return
		}
	}
	s.needles[begins] = append(s.needles[begins], needle{text, []string{field}})
}

func with(fields []string, field string) []string {
	if slices.Contains(fields, field) {
		return fields
	}
	return append(fields, field)
}
