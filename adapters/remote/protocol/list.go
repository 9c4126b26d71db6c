package protocol

import (
	"fmt"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// Entries, Keys and Lookups are read no further than they may go on: three bytes of text are an element of a list, and a
// hundred times that in memory.
type (
	// Entries are those of a page.
	Entries []*Entry
	// Keys are those of a page.
	Keys []string
	// Lookups are those of a write.
	Lookups []Lookup
)

// MaxLookups is the most lookups of one write.
const MaxLookups = 4096

// UnmarshalJSONFrom reads at most MaxPage of them.
func (l *Entries) UnmarshalJSONFrom(in *jsontext.Decoder) error {
	return readList(in, (*[]*Entry)(l), MaxPage)
}

// UnmarshalJSONFrom reads at most MaxPage of them.
func (l *Keys) UnmarshalJSONFrom(in *jsontext.Decoder) error {
	return readList(in, (*[]string)(l), MaxPage)
}

// UnmarshalJSONFrom reads at most MaxLookups of them.
func (l *Lookups) UnmarshalJSONFrom(in *jsontext.Decoder) error {
	return readList(in, (*[]Lookup)(l), MaxLookups)
}

// readList reads a list of at most so many. null is an empty one.
func readList[T any](in *jsontext.Decoder, into *[]T, most int) error {
	begin, err := in.ReadToken()
	switch {
	case err != nil:
		return err
	case begin.Kind() == 'n':
		return nil
	case begin.Kind() != '[':
		return fmt.Errorf("%v where a list must be", begin.Kind())
	}
	for in.PeekKind() != ']' {
		if len(*into) == most {
			return fmt.Errorf("a list of more than %d", most)
		}
		var one T
		if err := json.UnmarshalDecode(in, &one); err != nil {
			return err
		}
		*into = append(*into, one)
	}
	_, err = in.ReadToken()
	return err
}
