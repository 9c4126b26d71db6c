package config

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"go.yaml.in/yaml/v3"

	"github.com/ftagateway/ftagateway/translate"
)

// maxFile is in bytes. The library holds every key of a section against every other, and so its time grows by the square.
const maxFile = 64 << 10

// readFile reads a file of YAML, and for each of its keys on which line it stands.
func readFile(path string) (values map[string]any, lines map[string]string, err error) {
	data, err := readBounded(path)
	if err != nil {
		return nil, nil, fmt.Errorf("reading configuration: %w", err)
	}
	var root yaml.Node
	if err := yaml.Unmarshal(data, &root); err != nil {
		return nil, nil, fmt.Errorf("reading configuration %s: %w", path, err)
	}
	if err := root.Decode(&values); err != nil {
		return nil, nil, fmt.Errorf("reading configuration %s: must be keys with values: %w", path, err)
	}
	lines = map[string]string{}
	for _, document := range root.Content {
		place(document, "", path, lines)
	}
	return values, lines, nil
}

func readBounded(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	data, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	if err == nil && len(data) > maxFile {
		err = errors.New(path + " is larger than 64 KiB")
	}
	return data, err
}

// place notes the line of every key of a section, and of those below.
func place(section *yaml.Node, base, path string, lines map[string]string) {
	if section.Kind != yaml.MappingNode {
		return
	}
	for i := 0; i+1 < len(section.Content); i += 2 {
		name := base + section.Content[i].Value
		lines[name] = fmt.Sprintf("%s:%d", path, section.Content[i].Line)
		place(section.Content[i+1], name+".", path, lines)
	}
}

// isFile reports whether a value names a file or folder.
func (k Key) isFile(value string) bool {
	return k.path == "true" || k.path == "mapping" && MappingFile(value)
}

// MappingFile reports whether a mapping is named by its file, and not by a name of ours.
func MappingFile(mapping string) bool { return mapping != "" && translate.IsFile(mapping) }

// resolve makes a path of a file relative to the folder of that file.
func resolve(dir, path string) string {
	if path == "" || filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(dir, path)
}
