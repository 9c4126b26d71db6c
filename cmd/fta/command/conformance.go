package command

import (
	"context"
	"crypto"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/cmd/fta/play"
	"github.com/ftagateway/ftagateway/conformance"
	"github.com/ftagateway/ftagateway/trust/key"
)

type conformanceOptions struct {
	key, form, junit string
	levels, cases    []string
	seed             uint64
	timeout          time.Duration
	list             bool
}

func conformanceCommand(g *shared) *cobra.Command {
	var o conformanceOptions
	c := &cobra.Command{
		Use:   "conformance URL",
		Short: "Show whether a ledger's driver is right, case by case",
		Long: `Plays the conformance suite against the ledger at a driver's URL. What the ledger does not offer is named, never skipped
in silence. Cases write only to a ledger that is marked for testing (a node's URL with ?testing=1); the report says what
it left there. The same --seed on a fresh ledger gives the same report.

URL schemes: ` + strings.Join(driver.Schemes(), ", "),
		Example: `  fta conformance 'memory://mine?testing=1' --key transport.pem
  fta conformance 'webledger+http://127.0.0.1:8443?testing=1' --key transport.pem --junit report.xml
  fta conformance --list`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if o.list {
				return g.listCases()
			}
			if len(args) == 0 {
				return usage("give the URL of a ledger, or --list")
			}
			return runConformance(cmd.Context(), g, args[0], o)
		},
	}
	o.flags(c.Flags())
	return c
}

func (o *conformanceOptions) flags(f *pflag.FlagSet) {
	f.StringVar(&o.key, "key", "", "transport key (PEM) that writes; without it only reading is played")
	f.StringVar(&o.form, "form", "", "what keys and bodies the ledger takes: "+strings.Join(play.Forms(), ", ")+" (by the scheme, if empty)")
	f.StringSliceVar(&o.levels, "level", nil, "only these levels: read, write, stream, proof")
	f.StringSliceVar(&o.cases, "case", nil, "only these cases")
	f.Uint64Var(&o.seed, "seed", 1, "makes keys, bodies and the order of things")
	f.DurationVar(&o.timeout, "timeout", 30*time.Second, "of each case")
	f.StringVar(&o.junit, "junit", "", "also write a JUnit report to this file")
	f.BoolVar(&o.list, "list", false, "list the cases, and why each matters")
}

func runConformance(ctx context.Context, g *shared, url string, o conformanceOptions) (err error) {
	options, err := o.options()
	if err != nil {
		return err
	}
	var signer crypto.Signer
	if o.key != "" {
		if signer, err = key.LoadSigner(o.key); err != nil {
			return exit(ExitUsage, err)
		}
	}
	h, end, err := play.Harness(url, play.Form(o.form), signer)
	if err != nil {
		return exit(ExitUsage, err)
	}
	defer func() { err = errors.Join(err, end()) }()
	if err := reachable(ctx, h); err != nil {
		return err
	}
	report := conformance.Run(ctx, h, options)
	if err := o.write(g, report); err != nil {
		return err
	}
	if !report.OK() {
		return exit(ExitInvalid, fmt.Errorf("%d cases failed", report.Summary.Fail))
	}
	return nil
}

// reachable asks the ledger once before it is judged: that nobody answers at an address says nothing of a driver.
func reachable(ctx context.Context, h conformance.Harness) error {
	l, err := h.Open(ctx)
	if err != nil {
		return exit(ExitUsage, err)
	}
	_, err = l.Head(ctx)
	if driver.IsOutage(err) {
		return exit(ExitUndetermined, errors.Join(fmt.Errorf("the ledger cannot be asked: %w", err), l.Close()))
	}
	return l.Close()
}

func (o conformanceOptions) options() (conformance.Options, error) {
	out := conformance.Options{Seed: o.seed, Cases: o.cases, Timeout: o.timeout}
	for _, name := range o.levels {
		if !slices.Contains(conformance.Levels(), conformance.Level(name)) {
			return out, usage("--level %s: must be one of %v", name, conformance.Levels())
		}
		out.Levels = append(out.Levels, conformance.Level(name))
	}
	for _, id := range o.cases {
		if !slices.ContainsFunc(conformance.Cases(), func(c conformance.Case) bool { return c.ID == id }) {
			return out, usage("--case %s: no such case, see fta conformance --list", id)
		}
	}
	if o.form != "" && !slices.Contains(play.Forms(), o.form) {
		return out, usage("--form %s: must be one of %v", o.form, play.Forms())
	}
	return out, nil
}

// write prints the report, and writes it as JUnit where that is asked for.
func (o conformanceOptions) write(g *shared, report *conformance.Report) error {
	print := report.WriteText
	if g.json {
		print = report.WriteJSON
	}
	if err := print(g.Out); err != nil || o.junit == "" {
		return err
	}
	return toFile(o.junit, report.WriteJUnit)
}

func toFile(name string, write func(io.Writer) error) error {
	f, err := os.Create(name)
	if err != nil {
		return exit(ExitUsage, err)
	}
	return errors.Join(write(f), f.Close())
}

func (g *shared) listCases() error {
	cases := conformance.Cases()
	return g.print(cases, func() {
		for _, c := range cases {
			fmt.Fprintf(g.Out, "%-44s %s\n", c.ID, c.Why)
		}
	})
}
