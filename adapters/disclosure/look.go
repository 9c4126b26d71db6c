package disclosure

// look says how a text is looked through.
type look struct {
	least int  // letters and digits of what is looked for
	fixed bool // the text is the same in every body: that it is a word of this document too is chance
	whole bool // also for what counts only as a whole value or word, and in other encodings
}

// How the kinds of texts are looked through. In random text a short value would be found by chance: 11 letters and digits
// stand in an id, a key or a digest once in 10^13, and a document has a few thousand values.
var (
	anyText    = look{least: shortest, whole: true}
	fixedText  = look{least: shortest, fixed: true, whole: true}
	nameText   = look{least: 9, fixed: true, whole: true} // a ledger's own name, which has numbers in it
	randomText = look{least: 11}
	decoded    = look{least: 10}
)

const shortest = 6

// in says which of the document's values stands in a text, in whatever punctuation, case or encoding; "" if none does.
func (s *secrets) in(text string, as look, rules *compiled) string {
	if s == nil || text == "" {
		return ""
	}
	field := s.find(text, as, rules)
	if field == "" && as.whole {
		field = s.wholly(text, as, rules)
	}
	switch {
	case field == "" && as.whole:
		return s.encoded(text, rules)
	case field == "":
		return ""
	case hasHost(text):
		return "a host name that tells the document's " + field
	}
	return "the document's " + field
}

// encoded looks at what a text spells in another encoding.
func (s *secrets) encoded(text string, rules *compiled) string {
	for _, b := range spelled(text) {
		if what := s.in(string(b), decoded, rules); what != "" {
			return what
		}
		if what := s.hashed(b, rules); what != "" {
			return what
		}
	}
	return ""
}
