package translate

import (
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/schemas"
	"github.com/ftagateway/ftagateway/translate/shape"
	"github.com/ftagateway/ftagateway/translate/source"
)

// The bounds of what a mapping is begun from.
const (
	maxSamples = 100
	maxPaths   = 500
)

// Init begins a mapping of a type ("Record" or a type of document) from samples, JSON files in fsys: a pair for every
// native value that they hold, with the place in the model whose name is nearest as a comment, and all that the type must
// have. The result is a mapping file that belongs beside the samples. For a type of document it reads only, loads as it
// is and keeps everything beside, and Test says what is missing; for records Load says that.
func Init(fsys fs.FS, samples []string, name, gives string) ([]byte, error) {
	node, err := modelOf(gives)
	if err != nil {
		return nil, err
	}
	if len(samples) == 0 || len(samples) > maxSamples {
		return nil, fmt.Errorf("beginning mapping %q: must have 1 to %d samples", name, maxSamples)
	}
	found := map[string]string{}
	for _, s := range samples {
		if err := addPaths(fsys, s, found); err != nil {
			return nil, fmt.Errorf("beginning mapping %q: sample %s: %w", name, s, err)
		}
	}
	return begun{name, gives, samples, found, node.Leaves("")}.text(), nil
}

func modelOf(gives string) (*shape.Node, error) {
	switch {
	case gives == kindRecord:
		return shape.Record(), nil
	case slices.Contains(shape.Types(), gives):
		return shape.Statement(gives), nil
	}
	return nil, fmt.Errorf("type %.40q: must be one of %s%s", gives, strings.Join(shape.Types(), ", "), source.Hint(gives, shape.Types()))
}

// addPaths collects the values of a sample: by native pointer, what they are. Lists are one value: what is in them is
// paired by each.
func addPaths(fsys fs.FS, name string, found map[string]string) error {
	data, err := readFile(fsys, name, nativeLimits.Bytes)
	if err != nil {
		return err
	}
	sample, err := ld.Parse(data, nativeLimits)
	if err != nil {
		return err
	}
	collect(sample, "", found)
	if len(found) > maxPaths {
		return fmt.Errorf("must hold at most %d values outside lists", maxPaths)
	}
	return nil
}

func collect(v any, at string, found map[string]string) {
	switch v := v.(type) {
	case map[string]any:
		for name, member := range v {
			collect(member, schemas.Pointer(at, name), found)
		}
	case []any:
		found[at] = fmt.Sprintf("a list, of %d here%s", len(v), itemsOf(v))
	case string:
		found[at] = "text"
	case float64:
		found[at] = "a number"
	case bool:
		found[at] = "true or false"
	}
}

// itemsOf names what the first item of a list holds, which is what its items' pairs are about. A list within an item leads
// on only where the model has one within its items.
func itemsOf(list []any) string {
	if len(list) == 0 {
		return ""
	}
	item, ok := list[0].(map[string]any)
	if !ok || len(item) > maxShown {
		return ""
	}
	var paired, lists []string
	for _, name := range slices.Sorted(maps.Keys(item)) {
		if _, nested := item[name].([]any); nested {
			lists = append(lists, schemas.Pointer("", name))
		} else {
			paired = append(paired, schemas.Pointer("", name))
		}
	}
	says := ""
	if len(paired) > 0 {
		says = "; pair its items by each: native " + strings.Join(paired, ", ")
	}
	if len(lists) > 0 {
		says += "; within its items are lists, which cannot be flattened: " + strings.Join(lists, ", ")
	}
	return says
}

// maxShown bounds the members of an item that a comment names.
const maxShown = 20
