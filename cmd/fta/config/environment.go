package config

import (
	"fmt"
	"reflect"
	"strings"

	"github.com/knadh/koanf/providers/env/v2"
)

func (l *loading) environment() error {
	found := env.Provider(".", env.Opt{Prefix: prefix, TransformFunc: func(variable, value string) (string, any) {
		name, k, ok := fromEnvironment(variable)
		if !ok {
			return "", nil // FTA_ variables of other programs are not ours to refuse
		}
		l.origins[name] = variable
		if k.kind.Kind() == reflect.Slice {
			return name, listed(value)
		}
		return name, value
	}})
	if err := l.values.Load(found, nil); err != nil {
		return fmt.Errorf("reading the environment: %w", err)
	}
	return nil
}

// fromEnvironment finds the key that a variable is for: FTA_LEDGERS_TRADE_LIMITS_BUDGET is ledgers.trade.limits.budget.
func fromEnvironment(variable string) (name string, k Key, ok bool) {
	for _, k := range keys {
		before, after, isLedgers := strings.Cut(k.Environment(), "<NAME>")
		if !isLedgers && variable == before {
			return k.Name, k, true
		}
		if !isLedgers || !strings.HasPrefix(variable, before) || !strings.HasSuffix(variable, after) || len(variable) <= len(before)+len(after) {
			continue
		}
		slug := variable[len(before) : len(variable)-len(after)]
		return k.named(strings.ReplaceAll(strings.ToLower(slug), "_", "-")), k, true
	}
	return "", Key{}, false
}

// listed is a list that is written with commas.
func listed(text string) []any {
	var list []any
	for _, one := range strings.Split(text, ",") {
		list = append(list, strings.TrimSpace(one))
	}
	return list
}
