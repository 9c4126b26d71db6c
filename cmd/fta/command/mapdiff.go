package command

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/ftagateway/ftagateway/translate"
)

func mapDiff(g *shared) *cobra.Command {
	return &cobra.Command{
		Use:   "diff MAPPING",
		Short: "Show what the model and a ledger's shape do not have in common",
		Long: `Lists the places of the model that the mapping has nothing for, lists as "*", and the native values that the model has no
place for.

  dropped  a record or document that has it is refused when it is written
  lacks    declared under "lacks": lost when it is written, and told
  beside   a native value that the model lacks: kept beside, and written again`,
		Example: "  fta map diff acme.yaml\n  fta map diff --json published:entry-summary-7501",
		Args:    cobra.ExactArgs(1),
		RunE:    func(_ *cobra.Command, args []string) error { return runMapDiff(g, args[0]) },
	}
}

func runMapDiff(g *shared, name string) error {
	m, err := translate.Open(name, translate.Options{})
	if err != nil {
		return exit(ExitUsage, err)
	}
	d := translate.Diff(m)
	return g.print(d, func() { g.sayDifference(m, d) })
}

func (g *shared) sayDifference(m *translate.Mapping, d translate.Difference) {
	fmt.Fprintf(g.Out, "%s gives %s\n", m.Name(), m.Gives())
	for _, drop := range d.Dropped {
		word := "dropped"
		if drop.Declared {
			word = "lacks"
		}
		fmt.Fprintf(g.Out, "%-8s model %s\n", word, drop.Path)
	}
	for _, kept := range d.Beside {
		fmt.Fprintf(g.Out, "%-8s native %s (line %d)\n", "beside", kept.Path, kept.Line)
	}
	if len(d.Dropped)+len(d.Beside) == 0 {
		fmt.Fprintln(g.Out, "nothing is dropped, and nothing stands beside")
	}
}
