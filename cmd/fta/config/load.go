package config

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"

	"github.com/knadh/koanf/parsers/yaml"
	"github.com/knadh/koanf/providers/env/v2"
	"github.com/knadh/koanf/providers/file"
	"github.com/knadh/koanf/providers/posflag"
	"github.com/knadh/koanf/v2"
	"github.com/spf13/pflag"
)

// Load reads the configuration: path may be empty, and only flags that were given count. Keys that do not exist are
// refused, with the nearest one that does.
func Load(path string, flags *pflag.FlagSet) (Config, error) {
	k := koanf.New(".")
	c := Default()
	if path != "" {
		if err := k.Load(file.Provider(path), yaml.Parser()); err != nil {
			return c, fmt.Errorf("reading configuration %s: %w", path, err)
		}
	}
	if err := k.Load(env.Provider(".", env.Opt{Prefix: "FTA_", TransformFunc: fromEnvironment}), nil); err != nil {
		return c, fmt.Errorf("reading the environment: %w", err)
	}
	if flags != nil {
		if err := k.Load(posflag.Provider(only(flags), ".", k), nil); err != nil {
			return c, fmt.Errorf("reading flags: %w", err)
		}
	}
	if err := errors.Join(unknown(k.Keys(), path)...); err != nil {
		return c, err
	}
	if err := k.Unmarshal("", &c); err != nil {
		return c, fmt.Errorf("reading configuration %s: %w", path, err)
	}
	c.relativeTo(filepath.Dir(path))
	return c, c.Check()
}

// fromEnvironment turns FTA_LEDGERS_TRADE_LIMITS_BUDGET into ledgers.trade.limits.budget. Keys of two words are found
// without regard to case.
func fromEnvironment(name, value string) (string, any) {
	key := strings.ReplaceAll(strings.ToLower(strings.TrimPrefix(name, "FTA_")), "_", ".")
	for _, known := range keys() {
		if strings.EqualFold(pattern(key), known) {
			return spell(key, known), list(known, value)
		}
	}
	return "", nil // FTA_ variables of other programs are not ours to refuse
}

func list(known, value string) any {
	if slices.Contains([]string{"participants.issuers", "evidence.allowPrivate", "ledgers.*.require"}, known) {
		return strings.Split(value, ",")
	}
	return value
}

// spell gives a key the capitals of the known one.
func spell(key, known string) string {
	have, want := strings.Split(key, "."), strings.Split(known, ".")
	for i := range want {
		if want[i] == "*" {
			want[i] = have[i]
		}
	}
	return strings.Join(want, ".")
}

// pattern puts * in the place of a ledger's slug.
func pattern(key string) string {
	parts := strings.Split(key, ".")
	if len(parts) > 1 && parts[0] == "ledgers" {
		parts[1] = "*"
	}
	return strings.Join(parts, ".")
}

// only leaves the flags that are configuration: others belong to the command.
func only(flags *pflag.FlagSet) *pflag.FlagSet {
	some := pflag.NewFlagSet("configuration", pflag.ContinueOnError)
	flags.VisitAll(func(f *pflag.Flag) {
		if f.Changed && slices.Contains(keys(), pattern(f.Name)) {
			some.AddFlag(f)
		}
	})
	return some
}

// keys lists every key of the configuration, with * for a ledger's slug.
func keys() []string { return keysOf(reflect.TypeFor[Config](), "") }

func keysOf(t reflect.Type, base string) []string {
	var all []string
	for f := range t.Fields() {
		key := base + f.Tag.Get("koanf")
		switch f.Type.Kind() {
		case reflect.Struct:
			all = append(all, keysOf(f.Type, key+".")...)
		case reflect.Map:
			all = append(all, keysOf(f.Type.Elem(), key+".*.")...)
		default:
			all = append(all, key)
		}
	}
	return all
}

func unknown(given []string, path string) []error {
	var faults []error
	lines, _ := os.ReadFile(path)
	for _, key := range given {
		if p := pattern(key); !slices.Contains(keys(), p) {
			faults = append(faults, fmt.Errorf("%s: no such key %q, did you mean %q?", at(path, string(lines), key), key, spell(key, nearest(p))))
		}
	}
	return faults
}

// at finds the line on which a key's last word stands.
func at(path, content, key string) string {
	word := key[strings.LastIndex(key, ".")+1:] + ":"
	for i, line := range strings.Split(content, "\n") {
		if strings.HasPrefix(strings.TrimLeft(line, " -{"), word) {
			return fmt.Sprintf("%s:%d", path, i+1)
		}
	}
	return path
}

// nearest is the known key that takes the fewest changes of a letter, among those as deep as what was written if there
// are any.
func nearest(key string) string {
	best, least := "", 1<<30
	for _, known := range keys() {
		d := distance(key, known)
		if strings.Count(known, ".") != strings.Count(key, ".") {
			d += 100
		}
		if d < least {
			best, least = known, d
		}
	}
	return best
}

// distance is Levenshtein's.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		before := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := before
			if a[i] != b[j] {
				change++
			}
			before = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}

// relativeTo makes the paths of a file relative to it.
func (c *Config) relativeTo(dir string) {
	all := []*string{&c.Data, &c.Participants.Folder, &c.Keys.Signing, &c.Keys.Capability, &c.Keys.Lookup, &c.Keys.Transport}
	for slug, l := range c.Ledgers {
		l.Anchors = resolve(dir, l.Anchors)
		c.Ledgers[slug] = l
	}
	for _, path := range all {
		*path = resolve(dir, *path)
	}
}

func resolve(dir, path string) string {
	if path == "" || filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(dir, path)
}
