package config

import (
	"slices"
	"strings"
)

// misspelt are the variables, as name=value, that are no key's and were meant for one: those of ledgers, of a section, and
// those a letter or two away from a key. Others that begin as ours do are not ours to refuse: other programs have such, and a
// cluster makes some for each of its services.
func misspelt(variables []string) Faults {
	var faults Faults
	for _, v := range variables {
		name, _, _ := strings.Cut(v, "=")
		if !strings.HasPrefix(name, prefix) {
			continue
		}
		if _, _, ok := fromEnvironment(name); ok {
			continue
		}
		if near, ours := nearestVariable(name); ours {
			faults.add(name, "(not shown)", "no such variable"+meant(near))
		}
	}
	return faults
}

// nearestVariable is the variable of a key that a name was meant for, and whether it was meant for any.
func nearestVariable(name string) (near string, ours bool) {
	if name == ledgers || strings.HasPrefix(name, ledgers+"_") {
		return nearestOfLedger(name), true
	}
	least := 3
	for _, k := range keys {
		variable := k.Environment()
		if !strings.Contains(variable, "<NAME>") {
			most := 2
			if len(variable) < len(prefix)+5 {
				most = 1
			}
			if d := distance(name, variable); d <= most && d < least {
				near, least = variable, d
			}
		}
	}
	section := strings.ToLower(strings.TrimPrefix(name, prefix))
	return near, near != "" || isSection(section)
}

const ledgers = prefix + "LEDGERS"

// nearestOfLedger keeps the name of the ledger, which nobody knows where it ends: a key is held to as many of the last words
// as it has itself.
func nearestOfLedger(name string) string {
	words := strings.Split(name, "_")
	near, least := "", 1<<30
	for _, k := range keys {
		_, key, ok := strings.Cut(k.Environment(), "<NAME>_")
		n := strings.Count(key, "_") + 1
		if !ok || len(words) < n+3 { // FTA, LEDGERS, and a name
			continue
		}
		at := len(words) - n
		if d := distance(strings.Join(words[at:], "_"), key); d < least {
			near, least = strings.Join(slices.Concat(words[:at], []string{key}), "_"), d
		}
	}
	return near
}
