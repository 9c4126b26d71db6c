package command

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ftagateway/ftagateway/gateway"
)

type watchOptions struct {
	base, after, file   string
	ledger, kind, event string
	anew                []string
	count               int
	once                bool
}

func watch(g *shared) *cobra.Command {
	var o watchOptions
	c := &cobra.Command{
		Use:   "watch",
		Short: "Print what is new on all ledgers as it comes, and go on after an interruption",
		Long: `Prints a line for each new version of a record on any ledger, until it is interrupted; with --json a JSON object a
line. A record is read by its id (fta get record).

With --cursor FILE the place behind what was printed is kept in the file, and a later call goes on from there: every change
comes at least once, and each ledger's in its order. A ledger that cannot be asked is named on standard error, delays no
other, and catches up.`,
		Example: `  fta watch --after start --once --cursor customs.cursor
  fta watch --after start --type EntrySummary --count 1 --json`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return runWatch(cmd.Context(), g, &o) },
	}
	f := c.Flags()
	gatewayFlag(f, &o.base)
	f.StringVar(&o.after, "after", gateway.Now, `"now", "start" (everything that stands already), or a cursor`)
	f.StringVar(&o.file, "cursor", "", "keep the place in this file; where it has one, it goes before --after")
	f.StringVar(&o.ledger, "ledger", "", "only of this ledger")
	f.StringVar(&o.kind, "type", "", "only of records about this type of document")
	f.StringVar(&o.event, "event", "", "only versions that record this step")
	f.StringSliceVar(&o.anew, "anew", nil, "read these ledgers from their beginning if they were begun anew")
	f.IntVar(&o.count, "count", 0, "end after so many")
	f.BoolVar(&o.once, "once", false, "print what there is, and end")
	return c
}

func runWatch(ctx context.Context, g *shared, o *watchOptions) error {
	if o.count < 0 {
		return usage("--count: must be 1 or more")
	}
	cursor, err := o.begin()
	if err != nil {
		return err
	}
	c, err := connect(o.base)
	if err != nil {
		return err
	}
	defer c.Close()
	w := &watcher{shared: g, watchOptions: o, client: c, cursor: cursor}
	return w.run(ctx)
}

// begin is the cursor to go on from.
func (o *watchOptions) begin() (string, error) {
	if o.file != "" {
		kept, err := os.ReadFile(o.file)
		if err == nil && len(kept) > 0 {
			return strings.TrimSpace(string(kept)), nil
		}
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return "", exit(ExitUsage, err)
		}
	}
	if o.after == "start" {
		return "", nil
	}
	return o.after, nil
}

// keep writes the place to the file, so that the file holds the old one or the new one, whatever happens.
func (o *watchOptions) keep(cursor string) error {
	if o.file == "" {
		return nil
	}
	f, err := os.CreateTemp(filepath.Dir(o.file), filepath.Base(o.file)+".*")
	if err != nil {
		return err
	}
	_, err = f.WriteString(cursor + "\n")
	if err = errors.Join(err, f.Sync(), f.Close()); err == nil {
		err = os.Rename(f.Name(), o.file)
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return nil
}

// sayEvent prints an event: a line for people, or for programs.
func (g *shared) sayEvent(e *gateway.Event) error {
	if g.json {
		out := json.NewEncoder(g.Out)
		out.SetEscapeHTML(false)
		return out.Encode(e)
	}
	what := e.Type + " " + e.Event
	if e.Type == "" {
		what = "no record"
	}
	_, err := fmt.Fprintf(g.Out, "%s  %s  %s  version %d  %s  %s\n", e.AsOf.ChainTime.UTC().Format("2006-01-02T15:04:05Z"), e.Ledger, what,
		e.Version, e.ID, e.Outcome)
	return err
}
