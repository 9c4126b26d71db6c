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
	words  bool // all of them are words, as descriptions are
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

// find gives the field of a value that stands in a text.
func (s *secrets) find(text string, as look, rules *compiled) string {
	text = bare(text)
	for i := 0; i+shortest <= len(text); i++ {
		for _, n := range s.needles[text[i:i+shortest]] {
			chance := len(n.text) < as.least || as.fixed && n.words
			if !chance && strings.HasPrefix(text[i:], n.text) && !rules.allowsAny(n.fields) {
				return n.fields[0]
			}
		}
	}
	return ""
}

// wholly finds what counts only as a whole value, or as a word of its own.
func (s *secrets) wholly(text string, as look, rules *compiled) string {
	if fields := s.amounts[text]; fields != nil && !as.fixed && !rules.allowsAny(fields) {
		return fields[0]
	}
	if len(s.words) == 0 {
		return ""
	}
	for _, r := range runsOf(text) {
		if fields := s.words[strings.ToUpper(r.text)]; fields != nil && !rules.allowsAny(fields) {
			return fields[0]
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

func (s *secrets) needle(text, field string, words bool) {
	if len(text) < shortest {
		return
	}
	begins := text[:shortest]
	for i, n := range s.needles[begins] {
		if n.text == text {
			s.needles[begins][i].fields = with(n.fields, field)
			s.needles[begins][i].words = n.words && words
			return
		}
	}
	s.needles[begins] = append(s.needles[begins], needle{text, []string{field}, words})
}

func with(fields []string, field string) []string {
	if slices.Contains(fields, field) {
		return fields
	}
	return append(fields, field)
}
