// Package command is the fta command, a file a command. Main is exported so that a vendor can link it with a driver of
// its own: a main package that imports the driver for its registration and calls Main is all it takes.
package command

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	// The drivers that every fta has. A vendor's own is imported beside them by the vendor's main package.
	_ "github.com/ftagateway/ftagateway/adapters/ethereum"
	_ "github.com/ftagateway/ftagateway/adapters/fabric"
	_ "github.com/ftagateway/ftagateway/adapters/memory"
	_ "github.com/ftagateway/ftagateway/adapters/remote"
	_ "github.com/ftagateway/ftagateway/adapters/webledger"
)

// Main runs the command line of the process and answers its exit code. An interrupt or SIGTERM ends what runs in order, and
// a second one at once.
func Main() int {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	told := make(chan os.Signal, 1)
	signal.Notify(told, os.Interrupt, syscall.SIGTERM)
	go func() {
		select {
		case <-told:
			signal.Stop(told) // before anybody can see that the process is to end: the next signal is the system's to act on
			cancel()
		case <-ctx.Done():
		}
	}()
	return Run(ctx, os.Args[1:], Streams{os.Stdin, os.Stdout, os.Stderr})
}

// Streams are where a command reads and writes.
type Streams struct {
	In       io.Reader
	Out, Err io.Writer
}

// Run runs one command line and answers its exit code. It may be called more than once, and at once.
func Run(ctx context.Context, args []string, s Streams) int {
	root := newRoot(s)
	root.SetArgs(args)
	err := root.ExecuteContext(ctx)
	if err == nil {
		return ExitOK
	}
	fmt.Fprintln(s.Err, "fta: "+err.Error())
	return code(root, err)
}

// shared is what all commands have.
type shared struct {
	Streams
	json    bool
	verbose bool
}

func newRoot(s Streams) *cobra.Command {
	g := &shared{Streams: s}
	root := &cobra.Command{
		Use:   "fta",
		Short: "Read and write free-trade-agreement records on any ledger, and check every answer",
		Long: `FTA Gateway reads and writes entry summaries, certificates of origin and customs' decisions on the ledgers on
which trade partners keep them, through one interface, and says of every answer what was checked.

Begin with: fta demo
` + exitCodes,
		SilenceUsage:  true,
		SilenceErrors: true,
	}
	root.SetIn(s.In)
	root.SetOut(s.Out)
	root.SetErr(s.Err)
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return exit(ExitUsage, err) })
	root.PersistentFlags().BoolVar(&g.json, "json", false, "print JSON for programs")
	root.PersistentFlags().BoolVarP(&g.verbose, "verbose", "v", false, "log what happens")
	root.SetUsageTemplate(root.UsageTemplate() + shortCodes)
	root.AddCommand(commands(g)...)
	root.Annotations = map[string]string{}
	note(root, root.Annotations)
	return root
}

// note has every command below c say when it begins.
func note(c *cobra.Command, notes map[string]string) {
	for _, below := range c.Commands() {
		note(below, notes)
		run := below.RunE
		below.RunE = func(cmd *cobra.Command, args []string) error {
			notes[begun] = cmd.Name()
			return run(cmd, args)
		}
	}
}

// choose is a command that only holds others. It runs when none of them is given, or one that does not exist.
func choose(cmd *cobra.Command, args []string) error {
	var names []string
	for _, below := range cmd.Commands() {
		names = append(names, below.Name())
	}
	if len(args) == 0 {
		return usage("%s: give one of %s", cmd.CommandPath(), strings.Join(names, ", "))
	}
	return usage("%s: no such command %q, give one of %s", cmd.CommandPath(), args[0], strings.Join(names, ", "))
}

// logger writes to standard error: warnings, or everything with --verbose.
func (g *shared) logger() *slog.Logger { return g.loggerFrom(slog.LevelWarn) }

// levelOf sets a level as the configuration names it.
func levelOf(level *slog.LevelVar, name string) error {
	var l slog.Level
	if err := l.UnmarshalText([]byte(name)); err != nil {
		return exit(ExitUsage, err)
	}
	level.Set(l)
	return nil
}

// loggerFrom writes what is of a level or above, or everything with --verbose.
func (g *shared) loggerFrom(level slog.Leveler) *slog.Logger {
	if g.verbose {
		level = slog.LevelDebug
	}
	return slog.New(slog.NewTextHandler(g.Err, &slog.HandlerOptions{Level: level}))
}
