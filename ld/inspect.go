package ld

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ftagateway/ftagateway/schemas"
)

// inspection walks a document before it is expanded, and finds what expansion would drop, follow or stumble over. It
// does not look into JSON literals, which are opaque.
type inspection struct {
	scope  []*vocabulary // of the contexts that apply to the object being looked at
	faults schemas.Faults
	scoped int // uses of terms that bring a context
}

// maxScoped bounds those uses: each costs about a fifth of a millisecond. It is part of what nodes agree on.
const maxScoped = 1 << 12

// maxContexts bounds a list of contexts; there are fewer embedded ones.
const maxContexts = 16

// inspect answers the URLs of the document's contexts. Its error is schemas.Faults, ErrUnknownContext or ErrUnsupported.
func inspect(doc Object) ([]string, error) {
	urls, err := contextURLs(doc["@context"])
	if err != nil {
		return nil, err
	}
	var i inspection
	if err := i.object("", doc); err != nil {
		return nil, err
	}
	return urls, i.faults.Err()
}

// contextURLs reads the value of @context: a URL, or a list of them.
func contextURLs(value any) ([]string, error) {
	switch v := value.(type) {
	case nil:
		return nil, nil
	case string:
		return []string{v}, nil
	case []any:
		if len(v) <= maxContexts {
			return urlList(v)
		}
	}
	return nil, fmt.Errorf("%w: must be a URL or a list of at most %d", ErrUnknownContext, maxContexts)
}

func urlList(list []any) ([]string, error) {
	urls := make([]string, 0, len(list))
	for _, item := range list {
		url, ok := item.(string)
		if !ok {
			return nil, fmt.Errorf("%w: must be named by its URL", ErrUnknownContext)
		}
		urls = append(urls, url)
	}
	return urls, nil
}

func (i *inspection) object(at string, obj Object) error {
	outer := i.scope
	defer func() { i.scope = outer }()
	if err := i.enter(obj); err != nil {
		return err
	}
	for _, name := range sortedNames(obj) {
		if name == "@context" || i.isLiteral(name, obj) {
			continue
		}
		member := schemas.Pointer(at, name)
		if err := i.name(member, name); err != nil {
			return err
		}
		if err := i.value(member, obj[name]); err != nil {
			return err
		}
	}
	return nil
}

// enter adds the object's own contexts to those that apply.
func (i *inspection) enter(obj Object) error {
	value, has := obj["@context"]
	urls, err := contextURLs(value)
	if err != nil || !has {
		return err
	}
	if value == nil {
		return fmt.Errorf("%w: null", ErrUnsupported)
	}
	i.scope = slices.Clone(i.scope)
	for _, url := range urls {
		v, ok := vocabularies()[url]
		if !ok {
			return fmt.Errorf("%w: %.120q", ErrUnknownContext, url)
		}
		i.scope = append(i.scope, v)
	}
	return nil
}

// isLiteral reports whether the member's value is a JSON literal.
func (i *inspection) isLiteral(name string, obj Object) bool {
	if name == "@value" && obj["@type"] == "@json" {
		return true
	}
	return slices.ContainsFunc(i.scope, func(v *vocabulary) bool { return v.literals[name] })
}

// keywords are those that a document may use as they are. What the others do is not needed, and is less well trodden.
var keywords = []string{"@id", "@type", "@value", "@language", "@list"}

// name checks a member's name: a keyword, a term of one of the contexts, or an IRI.
func (i *inspection) name(at, name string) error {
	if strings.HasPrefix(name, "@") && !slices.Contains(keywords, name) {
		return fmt.Errorf("%w: keyword %.40q", ErrUnsupported, name)
	}
	if err := i.use(name); err != nil {
		return err
	}
	if slices.ContainsFunc(i.scope, func(v *vocabulary) bool { return v.lost[name] }) {
		return fmt.Errorf("%w: term %.40q", ErrUnsupported, name)
	}
	defined := slices.ContainsFunc(i.scope, func(v *vocabulary) bool { return v.terms[name] })
	if !defined && !strings.HasPrefix(name, "@") && !strings.Contains(name, ":") {
		i.faults.Add(at, name, "must be a term of the document's contexts", jsonld11)
	}
	return nil
}

// use counts a term, as a member's name or as a type, that brings a context.
func (i *inspection) use(term string) error {
	if slices.ContainsFunc(i.scope, func(v *vocabulary) bool { return v.scoped[term] }) {
		i.scoped++
	}
	if i.scoped > maxScoped {
		return fmt.Errorf("%w: more than %d terms with contexts", ErrUnsupported, maxScoped)
	}
	return nil
}

func (i *inspection) value(at string, v any) error {
	switch v := v.(type) {
	case Object:
		return i.object(at, v)
	case []any:
		return i.items(at, v)
	case nil:
		i.faults.Add(at, nil, "must not be null, which a signature over RDF does not cover", jsonld11)
	case string:
		return i.use(v)
	case float64, bool:
	default:
		i.faults.Add(at, fmt.Sprintf("%T", v), "must be decoded JSON", "")
	}
	return nil
}

func (i *inspection) items(at string, list []any) error {
	for n, item := range list {
		if _, nested := item.([]any); nested {
			return fmt.Errorf("%w: an array in an array", ErrUnsupported)
		}
		if err := i.value(schemas.Pointer(at, n), item); err != nil {
			return err
		}
	}
	return nil
}

// KnownContexts checks that a document names contexts by their URLs only, and only embedded ones. The error is
// ErrUnknownContext. It does not look inside the document.
func KnownContexts(doc Object) error {
	urls, err := contextURLs(doc["@context"])
	if err != nil {
		return err
	}
	for _, url := range urls {
		if _, ok := vocabularies()[url]; !ok {
			return fmt.Errorf("%w: %.120q", ErrUnknownContext, url)
		}
	}
	return nil
}
