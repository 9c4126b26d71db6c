package config

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/knadh/koanf/providers/confmap"
	"github.com/knadh/koanf/providers/posflag"
	"github.com/knadh/koanf/v2"
	"github.com/spf13/pflag"
)

// Load reads the configuration: path may be empty, and of the flags only those count that were given and are keys. What
// is wrong is told all at once, as Faults, with the file and line, the variable or the flag that it comes from; a file
// that cannot be read at all is another error. A key that does not exist is refused, with the nearest one that does.
func Load(path string, flags *pflag.FlagSet) (Config, error) {
	l := &loading{values: koanf.New("."), origins: map[string]string{}}
	c := Default()
	if err := l.file(path, &c); err != nil {
		return c, err
	}
	if err := l.environment(); err != nil {
		return c, err
	}
	if err := l.flags(flags); err != nil {
		return c, err
	}
	if err := l.misfits().err(l.origins); err != nil {
		return c, err
	}
	if err := l.values.Unmarshal("", &c); err != nil {
		return c, fmt.Errorf("reading configuration %s: %w", path, err)
	}
	l.maxAges(&c)
	c.origins = l.origins
	return c, c.check().err(l.origins)
}

// maxAges gives the default to the ledgers that do not say how old a last word may be: 0s is a choice. A mirror is there to
// be compared with another node, and what is not asked cannot be caught with a lie.
func (l *loading) maxAges(c *Config) {
	for slug, ledger := range c.Ledgers {
		if !ledger.Mirror && !l.values.Exists("ledgers."+slug+".cache.maxAge") {
			ledger.Cache.MaxAge = DefaultMaxAge
			c.Ledgers[slug] = ledger
		}
	}
}

// loading collects values, and where each comes from.
type loading struct {
	values  *koanf.Koanf
	origins map[string]string
}

// file loads a file, whose paths begin where it lies; so does the default data folder.
func (l *loading) file(path string, c *Config) error {
	if path == "" {
		return nil
	}
	values, lines, err := readFile(path)
	if err != nil {
		return err
	}
	if err := l.values.Load(confmap.Provider(values, ""), nil); err != nil {
		return fmt.Errorf("reading configuration %s: %w", path, err)
	}
	l.origins = lines
	dir := filepath.Dir(path)
	c.Data = resolve(dir, c.Data)
	return l.resolve(dir)
}

// resolve makes the paths that were loaded relative to a folder.
func (l *loading) resolve(dir string) error {
	for _, name := range l.values.Keys() {
		value, isText := l.values.Get(name).(string)
		if k, ok := known(name); !ok || !k.isFile(value) || !isText {
			continue
		}
		if err := l.values.Set(name, resolve(dir, value)); err != nil {
			return fmt.Errorf("reading configuration: %s: %w", name, err)
		}
	}
	return nil
}

func (l *loading) flags(flags *pflag.FlagSet) error {
	if flags == nil {
		return nil
	}
	given := pflag.NewFlagSet("configuration", pflag.ContinueOnError)
	flags.VisitAll(func(f *pflag.Flag) {
		if _, ok := known(f.Name); ok && f.Changed {
			given.AddFlag(f)
			l.origins[f.Name] = "--" + f.Name
		}
	})
	if err := l.values.Load(posflag.Provider(given, ".", l.values), nil); err != nil {
		return fmt.Errorf("reading flags: %w", err)
	}
	return nil
}

// misfits are the keys that do not exist, and the values that do not fit theirs. A key without a value counts as not
// written.
func (l *loading) misfits() Faults {
	faults := misspelt(os.Environ())
	for name, value := range l.values.All() {
		k, ok := known(name)
		switch {
		case isNothing(value) && (ok || isSection(name)):
			l.values.Delete(name)
		case !ok:
			faults.unknown(name, value)
		default:
			if rule := k.misfit(value); rule != "" {
				faults.add(name, value, rule)
			}
		}
	}
	return faults
}

// unknown says what is wrong with a key that does not exist.
func (f *Faults) unknown(name string, value any) {
	switch {
	case isSection(name):
		f.add(name, value, "must be a section, with keys below it")
	case isValue(above(name)):
		f.add(above(name), name+" "+fmt.Sprint(value), "must be one value, not a section")
	default:
		f.add(name, value, "no such key"+meant(nearest(name)))
	}
}

// isNothing reports whether nothing is written behind a key.
func isNothing(value any) bool {
	section, isSection := value.(map[string]any)
	return value == nil || isSection && len(section) == 0
}
