// Package command is the fta command, a file a command. Main is exported so that a vendor can link it with a driver of
// its own: a main package that imports the driver for its registration and calls Main is all it takes.
package command

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"

	// The drivers that every fta has. A vendor's own is imported beside them by the vendor's main package.
	_ "github.com/ftagateway/ftagateway/adapters/memory"
	_ "github.com/ftagateway/ftagateway/adapters/remote"
	_ "github.com/ftagateway/ftagateway/adapters/webledger"
)

// The exit codes, for scripts.
const (
	ExitOK           = 0
	ExitFailed       = 1 // something went wrong that the other codes do not tell
	ExitUsage        = 2 // the command line, the configuration or the input is wrong
	ExitNotFound     = 3 // every ledger was asked, and none holds it
	ExitInvalid      = 4 // the verdict is invalid, or a conformance case failed
	ExitUndetermined = 5 // something could not be asked: try later
)

const exitCodes = `
Exit codes:
  0  done; where there is a verdict, it is valid
  1  something else went wrong
  2  the command line, the configuration or the input is wrong
  3  not found: every ledger was asked, and none holds it
  4  the verdict is invalid, or a conformance case failed
  5  undetermined: something could not be asked, try again later
`

// coded is an error with the exit code that it ends the command with.
type coded struct {
	code int
	err  error
}

func (c *coded) Error() string { return c.err.Error() }
func (c *coded) Unwrap() error { return c.err }

func exit(code int, err error) error { return &coded{code, err} }

func usage(format string, args ...any) error { return exit(ExitUsage, fmt.Errorf(format, args...)) }

// Main runs the command line of the process and answers its exit code. An interrupt or SIGTERM ends what runs in order.
func Main() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
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
	var c *coded
	if errors.As(err, &c) {
		return c.code
	}
	return ExitFailed
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
	root.AddCommand(commands(g)...)
	return root
}

// logger writes to standard error: warnings, or everything with --verbose.
func (g *shared) logger() *slog.Logger {
	level := slog.LevelWarn
	if g.verbose {
		level = slog.LevelDebug
	}
	return slog.New(slog.NewTextHandler(g.Err, &slog.HandlerOptions{Level: level}))
}
