package demo_test

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	_ "github.com/ftagateway/ftagateway/adapters/ethereum"
	_ "github.com/ftagateway/ftagateway/adapters/webledger"
	"github.com/ftagateway/ftagateway/cmd/fta/demo"
)

// options are those of a demonstration in a folder, at any free address.
func options(data string) demo.Options {
	return demo.Options{Data: data, Listen: "127.0.0.1:0", Log: slog.New(slog.DiscardHandler), Progress: func(string, int, int) {}}
}

// Options with which nothing can start are told before anything is made.
func TestOptionsThatCannotBe(t *testing.T) {
	foreign := t.TempDir()
	if err := os.WriteFile(filepath.Join(foreign, "accounts.txt"), []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, option string
		change       func(*demo.Options)
	}{
		{"another's folder", "data", func(o *demo.Options) { o.Data = foreign }},
		{"a file", "data", func(o *demo.Options) { o.Data = filepath.Join(foreign, "accounts.txt") }},
		{"below a file", "data", func(o *demo.Options) { o.Data = filepath.Join(foreign, "accounts.txt", "demo") }},
		{"an address that others reach", "listen", func(o *demo.Options) { o.Listen = "0.0.0.0:0" }},
		{"no address", "listen", func(o *demo.Options) { o.Listen = "here" }},
	} {
		t.Run(c.name, func(t *testing.T) {
			data := filepath.Join(t.TempDir(), "demo")
			o := options(data)
			c.change(&o)
			_, err := demo.Start(t.Context(), o)
			var option *demo.OptionError
			if !errors.As(err, &option) || option.Option != c.option {
				t.Errorf("%v, want one about --%s", err, c.option)
			}
			if _, err := os.Stat(data); !errors.Is(err, os.ErrNotExist) {
				t.Errorf("%s was made: %v", data, err)
			}
		})
	}
}

// What an earlier run left half written is told with what to do about it.
func TestStateThatCannotBeRead(t *testing.T) {
	data := t.TempDir()
	for name, text := range map[string]string{"fta-demo": "", "demo.json": `{"addresses": [`} {
		if err := os.WriteFile(filepath.Join(data, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := demo.Start(t.Context(), options(data)); err == nil || !strings.Contains(err.Error(), "begin anew with --fresh") {
		t.Error(err)
	}
}

// Somebody who ends it while it starts has it end, with nothing left open: the next start goes on.
func TestEndedWhileItStarts(t *testing.T) {
	if testing.Short() {
		t.Skip("takes its time: starts a demonstration twice")
	}
	data := filepath.Join(t.TempDir(), "demo")
	ctx, cancel := context.WithCancel(t.Context())
	o := options(data)
	o.Progress = func(step string, _, _ int) {
		if strings.HasPrefix(step, "filing") {
			cancel()
		}
	}
	if _, err := demo.Start(ctx, o); err == nil {
		t.Fatal("started all the same")
	}
	d, err := demo.Start(t.Context(), options(data))
	if err != nil {
		t.Fatal(err)
	}
	if tour := d.Tour(); len(tour.Entries) != 6 || tour.Entries[0].ID == "" {
		t.Errorf("%+v", tour)
	}
	for range 2 {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	}
}
