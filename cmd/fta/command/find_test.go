package command_test

import (
	"strings"
	"testing"

	"github.com/ftagateway/ftagateway/cmd/fta/command"
	"github.com/ftagateway/ftagateway/gateway"
	"github.com/ftagateway/ftagateway/model/sample"
)

// An entry number is taken as people write it, from the command line or from standard input.
func TestFind(t *testing.T) {
	w := theWorld(t)
	want := w.entry(t, "usmca-entry").ID
	for _, number := range []string{"ABC20261105", "abc20261105", "ABC-2026110-5", " ABC 2026110 5 "} {
		if got := ok(t, w.at("find", number)...); got != want {
			t.Errorf("%q: %s, want %s", number, got, want)
		}
	}
	for _, in := range []string{"ABC20261105", "ABC-2026110-5\nsomething else\n"} {
		r := runWith(t, in, w.at("find", "-")...)
		r.want(t, command.ExitOK, want)
	}
	found := decode[gateway.Found](t, ok(t, w.at("find", "--json", "ABC20261105")...))
	if len(found.Entries) != 1 || found.Entries[0] != want || len(found.Sources) != 4 {
		t.Errorf("%+v", found)
	}
}

// What is not found, what is no entry number, and what could not be asked are told apart; a number that is wrong is not
// repeated, and sent nowhere.
func TestFindsNothing(t *testing.T) {
	w := theWorld(t)
	run(t, w.at("find", "ABC20261113")...).want(t, command.ExitNotFound, "fta: ")
	for name, number := range map[string]string{
		"a wrong check digit": "ABC20261106", "too short": "ABC123", "nothing": "", "too long": strings.Repeat("A", 100),
	} {
		t.Run(name, func(t *testing.T) {
			r := run(t, "find", number, "--gateway", "http://127.0.0.1:1")
			r.want(t, command.ExitUsage, "entry number", "CBP Form 7501")
			if number != "" && strings.Contains(r.err, number) {
				t.Errorf("the number is repeated: %s", r.err)
			}
		})
	}
	run(t, "find", sample.EntryUSMCA, "--gateway", "http://127.0.0.1:1").want(t, command.ExitUndetermined, "the gateway does not answer")
}

// FTA_GATEWAY leads a shell to its gateway; the flag counts more.
func TestGatewayByEnvironment(t *testing.T) {
	w := theWorld(t)
	t.Setenv("FTA_GATEWAY", w.Gateway)
	if got := ok(t, "find", sample.EntryUSMCA); got != w.entry(t, "usmca-entry").ID {
		t.Error(got)
	}
	run(t, "find", sample.EntryUSMCA, "--gateway", "http://127.0.0.1:1").want(t, command.ExitUndetermined)
}
