package translate

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/translate/shape"
	"github.com/ftagateway/ftagateway/translate/source"
)

// begun is a mapping that is begun.
type begun struct {
	name, gives string
	samples     []string
	found       map[string]string // by native pointer, what stands there
	leaves      []string          // of the model
}

// text writes the file.
func (b begun) text() []byte {
	var out strings.Builder
	fmt.Fprintf(&out, "mapping: %s\nversion: 1\ntype: %s\n%sshape:\n", quoted(b.name), b.gives, b.derives())
	for _, at := range slices.Sorted(maps.Keys(b.found)) {
		comment := b.found[at]
		if model, ok := likely(at, b.leaves); ok {
			comment += "; perhaps model: " + model
		}
		fmt.Fprintf(&out, "  - {native: %s} # %s\n", quoted(at), comment)
	}
	out.WriteString(b.needs() + "examples:\n")
	for _, s := range b.samples {
		fmt.Fprintf(&out, "  - {name: %s, nativeFile: %s}\n", quoted(s), quoted(s))
	}
	return []byte(out.String())
}

// derives is what a ledger without records of ours is: it is read only, under keys of its own.
func (b begun) derives() string {
	if b.gives == kindRecord {
		return ""
	}
	return "direction: read # the ledger is read, and nothing is written to it\n" +
		"key: foreign # the ledger's keys are its own\n" +
		"# keyAt: /number # where an entry says its own key: name that place, and an entry in the place of another is found out\n"
}

// needs lists in comments what must be given.
func (b begun) needs() string {
	needs := append(b.step(), shape.Required(b.gives)...)
	wide := 0
	for _, n := range needs {
		wide = max(wide, len(n.Path))
	}
	var out strings.Builder
	fmt.Fprintf(&out, "  # What %s must have. Each needs a pair%s:\n", b.gives, b.orLacks())
	out.WriteString("  # (* stands for the items of a list: pair the two lists, and their items by each)\n")
	for _, n := range needs {
		fmt.Fprintf(&out, "  #   %-*s  %s\n", wide, n.Path, n.Takes)
	}
	return out.String()
}

// step is what tells what became of the document, beside the document itself.
func (b begun) step() []shape.Need {
	if b.gives == kindRecord {
		return nil
	}
	return []shape.Need{
		{Path: eventPath, Takes: "the step that was taken; without it a withdrawal is not seen"},
		{Path: "/issued", Takes: "an instant: when it was taken (advised)"},
	}
}

func (b begun) orLacks() string {
	if b.gives == kindRecord {
		return ""
	}
	return ", or a line under lacks where the ledger does not have it"
}

// likely gives the place in the model whose name is nearest to that of a native value. Short names are near to
// everything, and so must be the same.
func likely(native string, leaves []string) (string, bool) {
	names := make([]string, len(leaves))
	for i, l := range leaves {
		names[i] = lastName(l)
	}
	name := lastName(native)
	best, ok := source.Nearest(name, names)
	if !ok || len(name) < minTypo && best != name {
		return "", false
	}
	return leaves[slices.Index(names, best)], true
}

const minTypo = 5 // characters of a name that may be another one misspelt

// lastName is the name that says most of a pointer, in small letters and without strokes.
func lastName(pointer string) string {
	tokens := strings.Split(pointer, "/")
	for i := len(tokens) - 1; i > 0; i-- {
		if t := tokens[i]; t != "*" {
			return strings.NewReplacer("_", "", "-", "").Replace(strings.ToLower(t))
		}
	}
	return ""
}

// quoted is text as YAML reads it in one way only: JSON's spelling.
func quoted(s string) string {
	text, err := ld.JCS(s)
	if err != nil {
		return `""`
	}
	return string(text)
}
