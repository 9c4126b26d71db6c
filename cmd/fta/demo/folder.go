package demo

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"slices"

	"github.com/cockroachdb/pebble/vfs"

	"github.com/ftagateway/ftagateway/cmd/fta/config"
)

// OptionError says that what was asked for cannot be, and what to ask for instead. Nothing was changed.
type OptionError struct {
	Option, Value, Rule string
}

// Error names the option, its value where it has one, and the rule.
func (e *OptionError) Error() string {
	if e.Value == "" {
		return fmt.Sprintf("--%s: %s", e.Option, e.Rule)
	}
	return fmt.Sprintf("--%s %s: %s", e.Option, e.Value, e.Rule)
}

const (
	marker = "fta-demo" // in every folder that a demonstration made, so that --fresh empties no other
	lock   = ".lock"    // held by the demonstration that runs
)

// prepare takes the gateway's address and the data folder, and with Fresh empties it. The address comes first: where
// another program has it, the folder stays as it is.
func (d *Demo) prepare(ctx context.Context) error {
	if err := d.takeAddress(ctx); err != nil {
		return err
	}
	if err := d.takeFolder(); err != nil {
		return err
	}
	if d.Fresh || !d.Fabric {
		if err := d.endFabric(); err != nil {
			return err
		}
	}
	if d.Fresh {
		if err := d.empty(); err != nil {
			return err
		}
	}
	var err error
	if d.state, err = readState(d.path("demo.json")); err != nil {
		return err
	}
	d.state.Addresses["gateway"] = d.address.Addr().String()
	return d.state.save()
}

func (d *Demo) takeAddress(ctx context.Context) (err error) {
	if err := config.CheckListen(d.Listen); err != nil {
		return &OptionError{"listen", d.Listen, err.Error()}
	}
	if d.address, err = listen(ctx, d.Listen); err != nil {
		return &OptionError{"listen", d.Listen, "choose another address: " + err.Error()}
	}
	d.ends = append(d.ends, func() error {
		if err := d.address.Close(); !errors.Is(err, net.ErrClosed) {
			return err
		}
		return nil
	})
	return nil
}

// takeFolder makes the data folder, or takes one that a demonstration made and none runs on.
func (d *Demo) takeFolder() error {
	refuse := func(rule string) error { return &OptionError{"data", d.Data, rule} }
	entries, err := os.ReadDir(d.Data)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return refuse(err.Error())
	}
	if len(entries) > 0 && !slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return e.Name() == marker }) {
		return refuse("holds something that no demonstration made: choose another folder")
	}
	if err := os.MkdirAll(d.Data, 0o700); err != nil {
		return refuse(err.Error())
	}
	if err := put(d.path(marker), []byte("made by fta demo\n")); err != nil {
		return refuse(err.Error())
	}
	held, err := vfs.Default.Lock(d.path(lock))
	if err != nil {
		return refuse(fmt.Sprintf("another demonstration runs on this folder (%v): end it, or choose another folder", err))
	}
	d.ends = append(d.ends, held.Close)
	return nil
}

// empty removes what an earlier run kept.
func (d *Demo) empty() error {
	entries, err := os.ReadDir(d.Data)
	for _, e := range entries {
		if e.Name() != marker && e.Name() != lock {
			err = errors.Join(err, os.RemoveAll(d.path(e.Name())))
		}
	}
	return err
}

func (d *Demo) path(parts ...string) string {
	return filepath.Join(append([]string{d.Data}, parts...)...)
}

// put writes a file in place of the earlier one, whole or not at all, whenever the process is killed.
func put(file string, data []byte) error {
	if err := os.WriteFile(file+".new", data, 0o600); err != nil {
		return err
	}
	return os.Rename(file+".new", file)
}
