package command

import (
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/ftagateway/ftagateway/translate"
)

func mapCommand(g *shared) *cobra.Command {
	c := &cobra.Command{
		Use:   "map",
		Short: "Begin, test and compare mappings: how a ledger's own shape becomes records",
		Long: `A mapping is a YAML file that says how the entries of a ledger that keeps its own shape become records or documents of
the shared model, and back. Begin one from samples with init, try it on its examples with test, and see with diff what the
model knows that it drops. No ledger is asked.

A MAPPING is a file, or one that comes with the gateway: published:NAME, builtin:record.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	c.AddCommand(mapInit(g), mapTest(g), mapDiff(g))
	return c
}

// policyOptions say which ledger a mapping is for, as its configuration does.
type policyOptions struct {
	readers string
	allow   []string
}

func (o *policyOptions) flags(f *pflag.FlagSet) {
	f.StringVar(&o.readers, "policy", "", "public or permissioned: refuse what may not be written to such a ledger (empty: nothing is written by it)")
	f.StringSliceVar(&o.allow, "allow", nil, "what the policy of a permissioned ledger allows beside a record, as its configuration lists it")
}

func (o policyOptions) options() (translate.Options, error) {
	if o.readers != "" && o.readers != translate.Public && o.readers != translate.Permissioned {
		return translate.Options{}, usage("--policy %s: must be %s or %s", o.readers, translate.Public, translate.Permissioned)
	}
	return translate.Options{Policy: translate.Policy{Readers: o.readers, Allow: o.allow}}, nil
}
