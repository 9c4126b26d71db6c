package main

import (
	"os"
	"strings"
	"testing"

	"github.com/ftagateway/ftagateway/cmd/fta/command"
)

// TestMain makes the test binary the fta command, as main does with the program.
func TestMain(m *testing.M) {
	if os.Getenv(asFTA) != "" {
		os.Exit(command.Main())
	}
	os.Exit(m.Run())
}

// TestSoak plays a short soak. What memory becomes of in a quarter of a minute says little; all else is held as in a long one.
func TestSoak(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: takes half a minute")
	}
	var out, say strings.Builder
	if err := run(t.Context(), []string{"-for", "15s", "-rate", "100"}, &out, &say); err != nil {
		t.Errorf("%v\n%s", err, say.String())
	}
	t.Log("\n" + out.String())
}

func TestFlags(t *testing.T) {
	for _, args := range [][]string{{"-for", "1s"}, {"-rate", "0"}, {"-fast"}} {
		if _, err := parse(args, &strings.Builder{}); err == nil {
			t.Errorf("%v: was taken", args)
		}
	}
}
