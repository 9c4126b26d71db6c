package translate

import (
	"os"
	"path/filepath"
	"strings"
)

// The beginnings of names of mappings that come with the gateway.
const (
	builtinPrefix   = "builtin:"
	publishedPrefix = "published:"
)

// Open gives the mapping that a configuration or a command line names: "builtin:record", "published:usmca" (see
// Published), or a file. The error is a *source.Refusal where the file is wrong.
func Open(name string, o Options) (*Mapping, error) {
	if builtin, ok := strings.CutPrefix(name, builtinPrefix); ok {
		return Builtin(builtin)
	}
	if published, ok := strings.CutPrefix(name, publishedPrefix); ok {
		return Published(published, o)
	}
	return Load(os.DirFS(filepath.Dir(name)), filepath.Base(name), o)
}

// IsFile reports whether a name is one that Open takes for a file.
func IsFile(name string) bool {
	return !strings.HasPrefix(name, builtinPrefix) && !strings.HasPrefix(name, publishedPrefix)
}
