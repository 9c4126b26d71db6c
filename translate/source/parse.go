package source

import (
	"bytes"
	"errors"
	"io"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// The bounds of a mapping file.
const (
	MaxBytes  = 1 << 20
	maxDepth  = 48
	maxValues = 50_000
)

// Parse reads a mapping file. The error is a *Refusal.
func Parse(file string, data []byte) (Value, error) {
	top := Value{File: file, Line: 1}
	switch {
	case len(data) > MaxBytes:
		return top, top.Refuse("must be at most %d bytes", MaxBytes)
	case !utf8.Valid(data):
		return top, top.Refuse("must be UTF-8 text")
	}
	d := yaml.NewDecoder(bytes.NewReader(data))
	var document yaml.Node
	if err := d.Decode(&document); err != nil {
		return top, unreadable(top, err)
	}
	if err := d.Decode(&yaml.Node{}); !errors.Is(err, io.EOF) {
		return top, top.Refuse("must be one YAML document")
	}
	if len(document.Content) != 1 {
		return top, top.Refuse("must hold a mapping")
	}
	root := document.Content[0]
	v := Value{File: file, Line: root.Line, node: root}
	c := checker{left: maxValues}
	if err := c.check(v, maxDepth); err != nil {
		return top, err
	}
	return v, nil
}

// unreadable takes the line out of what the YAML library says.
func unreadable(top Value, err error) error {
	if errors.Is(err, io.EOF) {
		return top.Refuse("must hold a mapping")
	}
	text := strings.TrimPrefix(err.Error(), "yaml: ")
	if rest, ok := strings.CutPrefix(text, "line "); ok {
		number, rule, _ := strings.Cut(rest, ": ")
		if line, err := strconv.Atoi(number); err == nil {
			top.Line, text = line, rule
		}
	}
	return top.Refuse("must be YAML: %s", text)
}

// inExample is where an example's entry has its values, the one place where a null may stand.
var inExample = regexp.MustCompile(`^examples/[0-9]+/native/`)

// checker walks a file once, before anything is made of it.
type checker struct{ left int }

func (c *checker) check(v Value, depth int) error {
	c.left--
	switch n := v.node; {
	case depth == 0:
		return v.Refuse("must be at most %d levels deep", maxDepth)
	case c.left < 0:
		return v.Refuse("must be in a file of at most %d values", maxValues)
	case n.Kind == yaml.AliasNode || n.Anchor != "":
		return v.Refuse("must not use anchors or aliases; name a part and use it")
	case n.Style&yaml.TaggedStyle != 0:
		return v.Refuse("must not have a tag")
	case n.Kind == yaml.ScalarNode:
		return v.plain()
	case n.Kind == yaml.MappingNode:
		return c.object(v, depth)
	}
	items, err := v.Items()
	for _, item := range items {
		if err = c.check(item, depth-1); err != nil {
			break
		}
	}
	return err
}

func (c *checker) object(v Value, depth int) error {
	seen := make(map[string]bool, len(v.node.Content)/2)
	members, err := v.Members()
	if err != nil {
		return err
	}
	for i, m := range members {
		key := v.node.Content[2*i]
		at := m.Value
		at.Line = m.Line
		_, rule := scalar(key)
		switch {
		case key.Kind != yaml.ScalarNode || key.Anchor != "" || key.Style&yaml.TaggedStyle != 0:
			return at.Refuse("must have plain text as its key")
		case rule != "":
			return at.Refuse("key %.40q %s", m.Key, rule)
		case seen[m.Key]:
			return at.Refuse("key %.40q stands here twice", m.Key)
		}
		seen[m.Key] = true
		if err := c.check(m.Value, depth-1); err != nil {
			return err
		}
	}
	return nil
}

// plain refuses a scalar that reads in two ways, or as nothing.
func (v Value) plain() error {
	null := v.node.ShortTag() == "!!null"
	if null && v.node.Value != "" && inExample.MatchString(v.At) {
		return nil // as in a file of an example
	}
	if null && strings.HasSuffix(v.At, "/is") {
		return v.Refuse("must have a value: that nothing stands there, or null, is present: false in place of is")
	}
	if _, rule := scalar(v.node); rule != "" {
		return v.Refuse("%s", rule)
	}
	return nil
}
