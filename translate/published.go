package translate

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ftagateway/ftagateway/translate/published"
	"github.com/ftagateway/ftagateway/translate/source"
)

// PublishedNames lists what Published knows, sorted.
func PublishedNames() []string {
	entries, _ := published.Files.ReadDir(".")
	var names []string
	for _, e := range entries {
		if name, ok := strings.CutSuffix(e.Name(), ".yaml"); ok {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// Published gives the mapping of a shape that others have published, such as "usmca", the W3C traceability vocabulary's
// certification of origin. It gives Derived values, both ways: see Derive and Render.
func Published(name string, o Options) (*Mapping, error) {
	if !slices.Contains(PublishedNames(), name) {
		return nil, fmt.Errorf("published mapping %.40q: must be one of %s%s", name, strings.Join(PublishedNames(), ", "), source.Hint(name, PublishedNames()))
	}
	return Load(published.Files, name+".yaml", o)
}
