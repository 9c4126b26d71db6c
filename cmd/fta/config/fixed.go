package config

import (
	"errors"
	"fmt"
	"reflect"
)

// Fixed says which keys of another configuration cannot take the place of these while the gateway runs. Each is told on a
// line of its own.
func (c Config) Fixed(other Config) error {
	var faults []error
	for name, pair := range map[string][2]any{
		"listen": {c.Listen, other.Listen}, "data": {c.Data, other.Data}, "keys": {c.Keys, other.Keys}, "cache": {c.Cache, other.Cache},
		"traces": {c.Traces, other.Traces}, "drain": {c.Drain, other.Drain},
	} {
		if !reflect.DeepEqual(pair[0], pair[1]) {
			faults = append(faults, fmt.Errorf("%s: cannot change while the gateway runs: start it anew", name))
		}
	}
	return errors.Join(faults...)
}
