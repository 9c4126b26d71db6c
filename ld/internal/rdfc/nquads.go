package rdfc

import "fmt"

// appendQuad writes a statement as canonical N-Quads, with the labels of its blank nodes as label gives them.
func appendQuad(out []byte, q *Quad, label func(string) string) []byte {
	out = appendTerm(out, &q.Subject, label)
	out = append(out, ' ')
	out = appendTerm(out, &q.Predicate, label)
	out = append(out, ' ')
	out = appendTerm(out, &q.Object, label)
	if q.Graph.Kind != None {
		out = append(out, ' ')
		out = appendTerm(out, &q.Graph, label)
	}
	return append(out, " .\n"...)
}

func appendTerm(out []byte, t *Term, label func(string) string) []byte {
	switch t.Kind {
	case IRI:
		return appendIRI(out, t.Value)
	case Blank:
		return append(append(out, "_:"...), label(t.Value)...)
	default:
		return appendLiteral(out, t)
	}
}

func appendIRI(out []byte, iri string) []byte {
	return append(append(append(out, '<'), iri...), '>')
}

func appendLiteral(out []byte, t *Term) []byte {
	out = append(out, '"')
	start := 0
	for i := range len(t.Value) {
		if esc := escapes[t.Value[i]]; esc != "" {
			out = append(append(out, t.Value[start:i]...), esc...)
			start = i + 1
		}
	}
	out = append(append(out, t.Value[start:]...), '"')
	switch t.Datatype {
	case XSDString:
		return out
	case RDFLangString:
		return append(append(out, '@'), t.Language...)
	}
	return appendIRI(append(out, "^^"...), t.Datatype)
}

// escapes are those of canonical N-Quads (RDFC-1.0 §A): the control characters, the quote and the backslash.
var escapes = func() (table [256]string) {
	for c := range 0x20 {
		table[c] = fmt.Sprintf(`\u%04X`, c)
	}
	table[0x7f] = `\u007F`
	for c, esc := range map[byte]string{'\b': `\b`, '\t': `\t`, '\n': `\n`, '\f': `\f`, '\r': `\r`, '"': `\"`, '\\': `\\`} {
		table[c] = esc
	}
	return table
}()
