package ld

import (
	"encoding/json"
	"fmt"
	"strings"
	"sync"

	jsonld "github.com/piprate/json-gold/ld"

	"github.com/ftagateway/ftagateway/schemas"
)

// vocabulary is what one embedded context says about names, wherever in it: enough to name a member that no context
// defines, before anything is expanded.
type vocabulary struct {
	document any             // the context, decoded
	terms    map[string]bool // names that it defines
	literals map[string]bool // those among them whose values are JSON literals, opaque to JSON-LD
	scoped   map[string]bool // those with a context of their own, which is processed wherever they are used
	lost     map[string]bool // those whose container json-gold loses: their own context takes their definition away
}

// vocabularies are the embedded contexts by URL, decoded once. They are shared, and never changed.
var vocabularies = sync.OnceValue(func() map[string]*vocabulary {
	all := map[string]*vocabulary{}
	for _, url := range schemas.ContextURLs() {
		data, ok := schemas.Context(url)
		if !ok {
			continue
		}
		v := &vocabulary{terms: map[string]bool{}, literals: map[string]bool{}, scoped: map[string]bool{}, lost: map[string]bool{}}
		if err := json.Unmarshal(data, &v.document); err != nil {
			panic("ld: embedded context " + url + ": " + err.Error())
		}
		v.collect(v.document)
		all[url] = v
	}
	return all
})

// collect takes in the names of a context, and of the contexts inside its terms.
func (v *vocabulary) collect(node any) {
	context, ok := node.(map[string]any)
	if !ok {
		return
	}
	for name, definition := range context {
		if !strings.HasPrefix(name, "@") {
			v.terms[name] = true
		}
		term, ok := definition.(map[string]any)
		if !ok {
			continue
		}
		v.classify(name, term)
		if name == "@context" {
			v.collect(term)
		}
		v.collect(term["@context"])
	}
}

func (v *vocabulary) classify(name string, term map[string]any) {
	if term["@type"] == "@json" {
		v.literals[name] = true
	}
	own, scoped := term["@context"]
	v.scoped[name] = v.scoped[name] || scoped
	if _, container := term["@container"]; container && scoped {
		definitions, ok := own.(map[string]any)
		_, redefined := definitions[name]
		v.lost[name] = v.lost[name] || !ok || redefined
	}
}

// embedded loads contexts for json-gold, and nothing else: what a context says decides what a signature covers.
type embedded struct{}

func (embedded) LoadDocument(url string) (*jsonld.RemoteDocument, error) {
	v, ok := vocabularies()[url]
	if !ok {
		return nil, fmt.Errorf("%w: %.120q", ErrUnknownContext, url)
	}
	return &jsonld.RemoteDocument{DocumentURL: url, Document: v.document}, nil
}

// options are those of every expansion. Safe mode makes a member that would be dropped an error.
var options = func() *jsonld.JsonLdOptions {
	o := jsonld.NewJsonLdOptions("")
	o.ProcessingMode = jsonld.JsonLd_1_1
	o.DocumentLoader = embedded{}
	o.SafeMode = true
	return o
}()

// maxActive bounds how many lists of contexts are kept ready: whoever sends documents chooses the lists.
const maxActive = 64

var active = struct {
	sync.RWMutex
	by map[string]*jsonld.Context
}{by: map[string]*jsonld.Context{}}

// activeContext processes a list of context URLs, or takes what came of it before. A context is never changed once it
// is processed.
func activeContext(urls []string) (*jsonld.Context, error) {
	key := strings.Join(urls, "\n")
	active.RLock()
	c := active.by[key]
	active.RUnlock()
	if c != nil {
		return c, nil
	}
	c, err := jsonld.NewContext(nil, options).Parse(anySlice(urls))
	if err != nil {
		return nil, fmt.Errorf("processing contexts %q: %w", urls, err)
	}
	active.Lock()
	defer active.Unlock()
	if len(active.by) < maxActive {
		active.by[key] = c
	}
	return c, nil
}

func anySlice(urls []string) []any {
	list := make([]any, len(urls))
	for i, url := range urls {
		list[i] = url
	}
	return list
}
