package config

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

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
	root, err := parse(data, path)
	if err != nil {
		return nil, nil, err
	}
	if err := root.Decode(&values); err != nil {
		return nil, nil, unfit(err, path)
	}
	lines = map[string]string{}
	for _, document := range root.Content {
		if err := place(document, "", path, lines); err != nil {
			return nil, nil, err
		}
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

// place notes the line of every key of a section, and of those below. A dot stands between sections, and in no key.
func place(section *yaml.Node, base, path string, lines map[string]string) error {
	if section.Kind != yaml.MappingNode {
		return nil
	}
	for i := 0; i+1 < len(section.Content); i += 2 {
		key := section.Content[i]
		name := base + key.Value
		lines[name] = fmt.Sprintf("%s:%d", path, key.Line)
		if strings.Contains(key.Value, ".") {
			return fmt.Errorf("%s: %.*s: must have no dot in its name: what is below a key is written below it", lines[name], shown, name)
		}
		if err := place(section.Content[i+1], name+".", path, lines); err != nil {
			return err
		}
	}
	return nil
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
