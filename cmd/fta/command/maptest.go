package command

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/ftagateway/ftagateway/translate"
	"github.com/ftagateway/ftagateway/translate/source"
)

type mapTestOptions struct {
	policyOptions
	show bool
}

func mapTest(g *shared) *cobra.Command {
	var o mapTestOptions
	c := &cobra.Command{
		Use:   "test MAPPING...",
		Short: "Hold mappings to their laws by their examples",
		Long: `Reads each mapping and tries it on its examples: every one must give a record or document under its schema, with all that
is stated beside it, and come back from there and to it without losing anything that the model knows. Each failure is told
with its model path, native path, line of the mapping, rule and value.

With --show each example is followed by what it becomes. Look at it: what is as it must be can stand in the mapping as the
example's model, and is held to from then on.

With --policy the mapping is held to what may be written to such a ledger, as it is when a gateway starts.`,
		Example: `  fta map test acme.yaml
  fta map test --policy permissioned acme.yaml
  fta map test --show acme.yaml
  fta map test --json published:usmca`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error { return runMapTest(g, args, o) },
	}
	o.flags(c.Flags())
	c.Flags().BoolVar(&o.show, "show", false, "print what each example becomes")
	return c
}

func runMapTest(g *shared, names []string, o mapTestOptions) error {
	options, err := o.options()
	if err != nil {
		return err
	}
	reports, refused, failed := []translate.Report{}, 0, 0
	for _, name := range names {
		report, err := tested(name, options, o.show)
		if err != nil {
			refused++
		} else if !report.OK() {
			failed++
		}
		reports = append(reports, report)
	}
	if err := g.print(reports, func() {
		for _, r := range reports {
			fmt.Fprint(g.Out, r)
		}
	}); err != nil {
		return err
	}
	switch {
	case refused > 0:
		return usage("%d of %d mappings are refused", refused, len(names))
	case failed > 0:
		return exit(ExitInvalid, fmt.Errorf("%d of %d mappings break their laws", failed, len(names)))
	}
	return nil
}

// tested reports on one mapping. The error says that it was refused, which the report tells too.
func tested(name string, o translate.Options, show bool) (translate.Report, error) {
	m, err := translate.Open(name, o)
	if err != nil {
		return translate.Report{File: name, Examples: []translate.ExampleReport{}, Failures: refusals(err)}, err
	}
	test := translate.Test
	if show {
		test = translate.Show
	}
	report := test(m)
	report.File = name
	return report, nil
}

// refusals tell why a mapping was not taken, as any other failure is told.
func refusals(err error) []translate.Failure {
	all := source.Find(err)
	if len(all) == 0 {
		return []translate.Failure{{Rule: err.Error()}}
	}
	failures := make([]translate.Failure, len(all))
	for i, r := range all {
		failures[i] = translate.Failure{Line: r.Line, Rule: r.Rule}
		if r.At != "" {
			failures[i].Rule = r.At + ": " + r.Rule
		}
	}
	return failures
}
