package command_test

import (
	"strings"
	"testing"

	"github.com/ftagateway/ftagateway/cmd/fta/command"
)

// export is the witness log of the demonstration, and the key that signed it.
func (w *world) export(t *testing.T) (lines []string, key string) {
	t.Helper()
	lines = strings.Split(ok(t, w.at("witness", "export")...), "\n")
	statement := decode[struct{ Issuer string }](t, lines[len(lines)-1])
	return lines, statement.Issuer
}

// What the gateway has seen is exported, signed, and holds against whoever changes it.
func TestWitness(t *testing.T) {
	w, dir := theWorld(t), t.TempDir()
	lines, key := w.export(t)
	whole := save(t, dir, "witness.ndjson", strings.Join(lines, "\n")+"\n")
	if len(lines) < 14 {
		t.Fatalf("%d lines for 13 records", len(lines))
	}
	run(t, "witness", "verify", whole, "--key", key).want(t, command.ExitOK, "valid: entries 1 to ")
	statement := decode[struct{ First, Last int }](t, ok(t, "witness", "verify", "--json", whole, "--key", key))
	if statement.First != 1 || statement.Last != len(lines)-1 {
		t.Errorf("%+v of %d lines", statement, len(lines))
	}
	for name, changed := range map[string][]string{
		"a line is missing":      append(append([]string{}, lines[:3]...), lines[4:]...),
		"the statement":          lines[:len(lines)-1],
		"a line was altered":     append([]string{strings.Replace(lines[0], `"version":1`, `"version":2`, 1)}, lines[1:]...),
		"lines changed places":   append([]string{lines[1], lines[0]}, lines[2:]...),
		"nothing is there":       {""},
		"it is something else":   {"hello"},
		"the end was cut off":    {strings.Join(lines, "\n")[:200]},
		"a statement of nothing": lines[len(lines)-1:],
	} {
		t.Run(name, func(t *testing.T) {
			file := save(t, t.TempDir(), "witness.ndjson", strings.Join(changed, "\n")+"\n")
			run(t, "witness", "verify", file, "--key", key).want(t, command.ExitInvalid, "fta: ")
		})
	}
	other := "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"
	run(t, "witness", "verify", whole, "--key", other).want(t, command.ExitInvalid, other)
}

// An export goes on where an earlier one ended; a cursor that the gateway did not give is refused.
func TestWitnessGoesOn(t *testing.T) {
	w := theWorld(t)
	run(t, w.at("witness", "export", "--after", "mine&all=1")...).want(t, command.ExitUsage, "cursor")
}
