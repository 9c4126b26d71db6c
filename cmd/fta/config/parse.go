package config

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"

	"go.yaml.in/yaml/v3"
)

// parse reads the one document of a file.
func parse(data []byte, path string) (*yaml.Node, error) {
	root, more := new(yaml.Node), new(yaml.Node)
	documents := yaml.NewDecoder(bytes.NewReader(data))
	err := documents.Decode(root)
	if errors.Is(err, io.EOF) {
		return root, nil
	}
	if err == nil {
		err = documents.Decode(more)
	}
	switch {
	case errors.Is(err, io.EOF):
		return root, nil
	case err == nil:
		return nil, fmt.Errorf("%s:%d: must be one document: what stands below another --- would not be read", path, more.Line)
	}
	if line := tabbed(data); line > 0 {
		return nil, fmt.Errorf("%s:%d: must be indented by spaces: YAML takes no tab there", path, line)
	}
	return nil, atLines(err, path)
}

// tabbed is the first line that a tab indents; 0 if none does.
func tabbed(data []byte) int {
	for i, line := range strings.Split(string(data), "\n") {
		if indent := line[:len(line)-len(strings.TrimLeft(line, " \t"))]; strings.Contains(indent, "\t") {
			return i + 1
		}
	}
	return 0
}

// unfit says what keeps a document from being keys with values: it is none, or has a key twice.
func unfit(err error, path string) error {
	var faults *yaml.TypeError
	if errors.As(err, &faults) && strings.Contains(err.Error(), "already defined") {
		return atLines(err, path)
	}
	return fmt.Errorf("%s: must be keys with values: %w", path, atLines(err, path))
}

var lineForm = regexp.MustCompile(`(?m)^(?:yaml: )?\s*line (\d+): `)

// atLines has the library's error say lines as all others do.
func atLines(err error, path string) error {
	text := strings.TrimPrefix(err.Error(), "yaml: unmarshal errors:\n")
	text = lineForm.ReplaceAllString(text, strings.ReplaceAll(path, "$", "$$")+":$1: ")
	if !strings.Contains(text, path) {
		text = path + ": " + text
	}
	return errors.New(text)
}
