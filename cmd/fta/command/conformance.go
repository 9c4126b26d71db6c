package command

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/conformance"
)

func conformanceCommand(g *shared) *cobra.Command {
	var o conformanceOptions
	c := &cobra.Command{
		Use:   "conformance URL",
		Short: "Show whether a ledger's driver is right, case by case",
		Long: `Plays the conformance suite against the ledger at a driver's URL, or at the http(s) URL of a server that speaks the
ledger protocol. What the ledger does not offer is named, never skipped in silence. Cases write only to a ledger that is
marked for testing (by its operator; a node's URL with ?testing=1); the report says what it left there. The same --seed on
a fresh ledger gives the same report. --sign signs the JSON report, and fta verify checks it.

URL schemes: http, https, ` + strings.Join(driver.Schemes(), ", "),
		Example: `  fta conformance http://127.0.0.1:8090 --html report.html
  fta conformance http://127.0.0.1:8090 --mapping acme.yaml --at ACME-0017
  fta conformance http://127.0.0.1:8090 --mapping acme.yaml --key-form 'BR-2026/########'
  fta conformance 'memory://mine?testing=1' --key transport.pem --json --sign vendor.pem > report.json
  fta conformance 'webledger+http://127.0.0.1:8443?testing=1' --key transport.pem --junit report.xml
  fta conformance --list`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if o.list {
				return g.listCases(conformance.DriverSuite())
			}
			if len(args) == 0 {
				return usage("give the URL of a ledger, or --list")
			}
			return runConformance(cmd.Context(), g, args[0], o)
		},
	}
	o.flags(c.Flags())
	c.AddCommand(conformanceOfGateway(g))
	return c
}

func runConformance(ctx context.Context, g *shared, url string, o conformanceOptions) (err error) {
	options, err := o.options()
	if err != nil {
		return err
	}
	out, err := o.outputs(g)
	if err != nil {
		return err
	}
	ledger, err := o.ledger(url)
	if err != nil {
		return err
	}
	h, end, err := ledger.Harness()
	if err != nil {
		return exit(ExitUsage, err)
	}
	defer func() { err = errors.Join(err, end()) }()
	if err := reachable(ctx, h); err != nil {
		return err
	}
	report := conformance.Run(ctx, h, options)
	return out.judged(report)
}

func (g *shared) listCases(s conformance.Suite) error {
	return g.print(s.Cases, func() {
		for _, c := range s.Cases {
			fmt.Fprintf(g.Out, "%-44s %s\n", c.ID, c.Why)
		}
	})
}
