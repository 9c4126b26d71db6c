package config

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
)

// Key is one key of the configuration.
type Key struct {
	Name    string // with its sections, as ledgers.*.limits.budget; * stands for the name of a ledger
	Doc     string
	Default string // as it would be written; empty where nothing holds
	path    string // what a relative name is of; empty if it is no name of a file
	kind    reflect.Type
}

// Reference lists every key there is, in the order of a file.
func Reference() []Key { return keys }

var keys = keysOf(reflect.ValueOf(Default()), "")

func keysOf(section reflect.Value, base string) []Key {
	var all []Key
	for f, value := range section.Fields() {
		if !f.IsExported() {
			continue
		}
		name := base + f.Tag.Get("koanf")
		switch f.Type.Kind() {
		case reflect.Struct:
			all = append(all, keysOf(value, name+".")...)
		case reflect.Map:
			all = append(all, keysOf(reflect.Zero(f.Type.Elem()), name+".*.")...)
		default:
			all = append(all, keyOf(f, value, name))
		}
	}
	return all
}

func keyOf(f reflect.StructField, value reflect.Value, name string) Key {
	k := Key{Name: name, Doc: f.Tag.Get("doc"), Default: f.Tag.Get("default"), path: f.Tag.Get("path"), kind: f.Type}
	if k.Default == "" && !value.IsZero() {
		k.Default = fmt.Sprint(value.Interface())
	}
	return k
}

// Environment is the name of the variable for the key; <NAME> stands for the name of a ledger, with _ for each hyphen.
func (k Key) Environment() string {
	return prefix + strings.NewReplacer("*", "<NAME>", ".", "_").Replace(strings.ToUpper(k.Name))
}

const prefix = "FTA_"

// pattern puts * in the place of a ledger's name.
func pattern(name string) string {
	parts := strings.Split(name, ".")
	if len(parts) > 1 && parts[0] == "ledgers" {
		parts[1] = "*"
	}
	return strings.Join(parts, ".")
}

// known is the key that a name is of.
func known(name string) (Key, bool) {
	p := pattern(name)
	i := slices.IndexFunc(keys, func(k Key) bool { return k.Name == p })
	if i < 0 {
		return Key{}, false
	}
	return keys[i], true
}

// isSection reports whether there are keys below a name.
func isSection(name string) bool {
	p := pattern(name) + "."
	return slices.ContainsFunc(keys, func(k Key) bool { return strings.HasPrefix(k.Name, p) })
}

// isValue reports whether a name is of a key, which has a value.
func isValue(name string) bool {
	_, ok := known(name)
	return ok
}

// above is the section that a name stands in.
func above(name string) string { return name[:max(0, strings.LastIndex(name, "."))] }

// named gives the key of a ledger that is called so.
func (k Key) named(ledger string) string { return strings.Replace(k.Name, "*", ledger, 1) }
