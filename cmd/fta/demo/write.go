package demo

import (
	"github.com/knadh/koanf/parsers/yaml"
)

// writeYAML writes a configuration file.
func writeYAML(file string, v map[string]any) error {
	data, err := yaml.Parser().Marshal(v)
	if err != nil {
		return err
	}
	return put(file, data)
}
