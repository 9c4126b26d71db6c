package play

import (
	"os"
	"path/filepath"

	"github.com/knadh/koanf/parsers/yaml"

	"github.com/ftagateway/ftagateway/conformance/gatewaysuite"
)

type section = map[string]any

// writeConfig writes the configuration of a gateway that is opened on a suite's world, and answers the file's name.
func writeConfig(s gatewaysuite.Setting, listen string) (file string, err error) {
	ledgers := section{}
	for _, l := range s.Ledgers {
		ledgers[l.Slug] = section{
			"url": l.URL, "policy": "public", "mapping": "builtin:record", "customs": l.Customs, "mirror": l.Mirror,
			"limits": section{"budget": l.Budget.String(), "attempt": l.Attempt.String(), "concurrency": 64},
		}
	}
	text, err := yaml.Parser().Marshal(section{
		"listen":       listen,
		"data":         filepath.Join(s.Data, "store"),
		"participants": section{"folder": s.Participants, "issuers": s.Issuers},
		"keys":         section{"capability": s.Keys.Capability, "lookup": s.Keys.Lookup},
		"evidence":     section{"allowPrivate": s.AllowPrivate},
		"ledgers":      ledgers,
		"log":          "debug",
	})
	if err != nil {
		return "", err
	}
	file = filepath.Join(s.Data, "gateway.yaml")
	return file, os.WriteFile(file, text, 0o600)
}
