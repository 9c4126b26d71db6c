package source

import (
	"fmt"
	"strings"
)

// Key is a key that an object of a mapping file may hold. Fields takes the keys that are declared so and no other, and
// the reference of the mapping language is written from the same declarations: no key can exist that is not explained.
type Key struct {
	Name     string
	Needed   bool   // the object must hold it
	Takes    string // what stands there, in words
	Words    []Word // all that may stand there, where that is one of a few words; the first is meant where the key is not there
	Says     string // what it is for, a sentence or two
	Examples []string
}

// Word is one of the few that may stand at a key, and what it means.
type Word struct{ Name, Says string }

// Keys are those of an object, in the order in which they are told.
type Keys []Key

// Names lists them.
func (ks Keys) Names() []string {
	names := make([]string, len(ks))
	for i, k := range ks {
		names[i] = k.Name
	}
	return names
}

// Of gives the key of a name that is among them.
func (ks Keys) Of(name string) Key {
	for _, k := range ks {
		if k.Name == name {
			return k
		}
	}
	return Key{Name: name}
}

// Word holds a text against the words that may stand at the key. Where it is none of them, wrong names them, and the nearest.
func (k Key) Word(s string) (wrong string, ok bool) {
	names := make([]string, len(k.Words))
	for i, w := range k.Words {
		if w.Name == s {
			return "", true
		}
		names[i] = w.Name
	}
	wrong = "one of " + strings.Join(names, ", ")
	if s != "" {
		wrong += fmt.Sprintf(", not %.40q%s", s, Hint(s, names))
	}
	return wrong, false
}

// Limit is a bound that mapping files or the bodies that they read are held to.
type Limit struct {
	Most int
	Of   string
}

var limits = []Limit{
	{MaxBytes, "bytes of a mapping file"},
	{maxDepth, "levels of a mapping file"},
	{maxValues, "values in a mapping file"},
}

// Limits lists those of mapping files as such.
func Limits() []Limit { return limits }
