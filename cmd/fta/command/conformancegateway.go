package command

import (
	"context"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"github.com/ftagateway/ftagateway/cmd/fta/play"
	"github.com/ftagateway/ftagateway/conformance"
	"github.com/ftagateway/ftagateway/conformance/gatewaysuite"
)

// conformanceOfGateway judges a gateway where its parent judges a ledger's driver.
func conformanceOfGateway(g *shared) *cobra.Command {
	var o conformanceOptions
	c := &cobra.Command{
		Use:   "gateway [-- COMMAND...]",
		Short: "Show whether a gateway's HTTP interface is right, case by case",
		Long: `Plays the second conformance suite: it makes a world of its own, with ledgers that lie and fail, opens a gateway on it, and
holds what that says over HTTP against what it must say. Without a COMMAND the gateway is this program's own.

A COMMAND starts another one, in whatever language. {config} in it stands for the file of its configuration (YAML, as for
fta serve), {listen} for the address where it must listen. It is ready when GET /healthz answers 200, and is ended by
SIGTERM. It is started more than once, with the same data folder and with others, and two at a time.`,
		Example: `  fta conformance gateway
  fta conformance gateway --level verdict,outage --html report.html -- fta serve --config {config}
  fta conformance gateway --list`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if o.list {
				return g.listCases(gatewaysuite.Suite())
			}
			return runConformanceOfGateway(cmd.Context(), g, args, o)
		},
	}
	o.common(c.Flags(), gatewaysuite.Suite())
	return c
}

func runConformanceOfGateway(ctx context.Context, g *shared, command []string, o conformanceOptions) error {
	levels, err := o.chosen(gatewaysuite.Suite())
	if err != nil {
		return err
	}
	out, err := o.outputs(g)
	if err != nil {
		return err
	}
	h := play.Gateway()
	if len(command) > 0 {
		h = play.Command(command)
	}
	report, err := gatewaysuite.Run(ctx, h, gatewaysuite.Options{Seed: o.seed, Levels: levels, Cases: o.cases, Timeout: o.timeout})
	if err != nil {
		return fmt.Errorf("the suite's own world: %w", err)
	}
	return out.judged(report)
}

// chosen are the levels of a suite that the flags name, each once; none, if they name none.
func (o conformanceOptions) chosen(s conformance.Suite) (levels []conformance.Level, err error) {
	for _, name := range o.levels {
		level := conformance.Level(name)
		if !slices.Contains(s.Levels, level) {
			return nil, usage("--level %s: must be one of %v", name, s.Levels)
		}
		if !slices.Contains(levels, level) {
			levels = append(levels, level)
		}
	}
	for _, id := range o.cases {
		if _, known := s.Case(id); !known {
			return nil, usage("--case %s: no such case, see --list", id)
		}
	}
	if o.seed > maxSeed {
		return nil, usage("--seed %d: must be at most %d", o.seed, uint64(maxSeed))
	}
	return levels, nil
}
