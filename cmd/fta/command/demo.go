package command

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/schollz/progressbar/v3"
	"github.com/spf13/cobra"

	"github.com/ftagateway/ftagateway/cmd/fta/demo"
)

func demoCommand(g *shared) *cobra.Command {
	var o demo.Options
	var once bool
	c := &cobra.Command{
		Use:   "demo",
		Short: "Start everything on embedded defaults, file a realistic data set, and keep running",
		Long: `Starts two Web Ledger nodes (the partners' and CBP's own), a dishonest node, an exporter's Ethereum chain, five evidence
servers and CBP's gateway in this process; files certificates, entries and decisions under three agreements; alters a document and two records
where somebody dishonest would; and prints what to try next. It keeps running until it is interrupted.

With --fabric a partner on Hyperledger Fabric joins in: a real network without Docker, built from source the first time,
which takes minutes, and ended with the demonstration. It needs bash, Go and a clone of the repository.

What it makes is kept in --data between runs. A run that was ended too early, or killed, is gone on with by the next.`,
		Example: `  fta demo
  fta demo --fresh --listen 127.0.0.1:9090
  fta demo --json --once
  fta demo --fabric`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return runDemo(cmd.Context(), g, o, once) },
	}
	c.Flags().StringVar(&o.Data, "data", defaultData(), "folder that everything is kept in")
	c.Flags().BoolVar(&o.Fresh, "fresh", false, "begin anew, and remove what an earlier run kept")
	c.Flags().StringVar(&o.Listen, "listen", "127.0.0.1:8080", "address of the gateway")
	c.Flags().BoolVar(&o.Fabric, "fabric", false, "add a partner on Hyperledger Fabric, whose network is built and started")
	c.Flags().BoolVar(&once, "once", false, "end when everything has started and is filed")
	return c
}

func defaultData() string {
	cache, err := os.UserCacheDir()
	if err != nil {
		cache = os.TempDir()
	}
	return filepath.Join(cache, "fta", "demo")
}

func runDemo(ctx context.Context, g *shared, o demo.Options, once bool) error {
	o.Log = g.logger()
	progress, done := g.progress("starting")
	o.Progress = progress
	d, err := demo.Start(ctx, o)
	done()
	if err != nil {
		return unstarted(err)
	}
	return errors.Join(g.guide(ctx, d, once), d.Close())
}

// unstarted tells options with which no demonstration can start from everything else.
func unstarted(err error) error {
	var option *demo.OptionError
	if errors.As(err, &option) {
		return exit(ExitUsage, option)
	}
	return fmt.Errorf("%w\n(the same command again goes on where this ended; --fresh begins anew)", err)
}

// guide prints the tour, and waits until somebody ends the demonstration.
func (g *shared) guide(ctx context.Context, d *demo.Demo, once bool) error {
	tour := d.Tour()
	if err := g.print(tour, func() { tour.Write(g.Out) }); err != nil || once {
		return err
	}
	err := d.Wait(ctx)
	if err == nil {
		g.say("\nending")
	}
	return err
}

// progress shows long work to a person: a bar where a terminal is, a line a step where it is not, nothing for programs.
func (g *shared) progress(title string) (step func(string, int, int), done func()) {
	if !g.interactive() {
		return func(name string, _, _ int) { g.say("  %s", name) }, func() {}
	}
	bar := progressbar.NewOptions(1, progressbar.OptionSetWriter(g.Err), progressbar.OptionClearOnFinish(),
		progressbar.OptionSetDescription(title), progressbar.OptionSetWidth(30), progressbar.OptionSetPredictTime(false))
	return func(name string, number, of int) {
		bar.ChangeMax(of)
		bar.Describe(name)
		_ = bar.Set(number - 1)
	}, func() { _ = bar.Finish() }
}
