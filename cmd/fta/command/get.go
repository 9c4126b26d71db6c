package command

import (
	"net/url"

	"github.com/spf13/cobra"

	"github.com/ftagateway/ftagateway/gateway"
	"github.com/ftagateway/ftagateway/trust"
)

type getOptions struct {
	base, ledger string
	invalid      bool
}

func get(g *shared) *cobra.Command {
	var o getOptions
	c := &cobra.Command{
		Use:   "get",
		Short: "Open an entry file, or read a record with its verdict",
		Example: `  fta get entry $(fta find ABC20261105)
  fta get record --ledger trade $(fta find ABC20261105)`,
		RunE: choose,
	}
	gatewayFlag(c.PersistentFlags(), &o.base)
	c.PersistentFlags().BoolVar(&o.invalid, "invalid", false, "show the content of what is invalid, too")
	c.AddCommand(getEntry(g, &o), getRecord(g, &o))
	return c
}

func getEntry(g *shared, o *getOptions) *cobra.Command {
	return &cobra.Command{
		Use:   "entry ID",
		Short: "Open an entry file: every document of the entry, with a verdict each",
		Example: `  fta get entry $(fta find ABC20261105)
  fta get entry --json $(fta find ABC20261204)`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			var file gateway.EntryFile
			if err := o.get(cmd, "/v1/entries/", args[0], &file); err != nil {
				return err
			}
			if err := g.print(file, func() { g.sayEntry(&file) }); err != nil {
				return err
			}
			return judged(file.Outcome)
		},
	}
}

func getRecord(g *shared, o *getOptions) *cobra.Command {
	c := &cobra.Command{
		Use:   "record ID",
		Short: "Read a record wherever it is, or on one ledger, with its verdict",
		Example: `  fta get record $(fta find XQ900417235)
  fta get record --ledger trade $(fta find ABC20261204)`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if o.ledger != "" {
				return o.onLedger(cmd, g, args[0])
			}
			return o.everywhere(cmd, g, args[0])
		},
	}
	c.Flags().StringVar(&o.ledger, "ledger", "", "read from this ledger only")
	return c
}

// get reads what stands under an id below a path.
func (o *getOptions) get(cmd *cobra.Command, path, id string, answer any) error {
	id, err := recordID(id)
	if err != nil {
		return err
	}
	c, err := connect(o.base)
	if err != nil {
		return err
	}
	defer c.Close()
	if o.invalid {
		id += "?include=invalid"
	}
	return coding(c.Get(cmd.Context(), path+id, answer))
}

// onLedger reads a record from one ledger, which may be one that does not tell the truth.
func (o *getOptions) onLedger(cmd *cobra.Command, g *shared, id string) error {
	var a gateway.Answer
	if err := o.get(cmd, "/v1/ledgers/"+url.PathEscape(o.ledger)+"/records/", id, &a); err != nil {
		return err
	}
	if err := g.print(a, func() { g.sayAnswer(&a, true) }); err != nil {
		return err
	}
	return judged(a.Verdict.Outcome)
}

// everywhere reads all that any ledger shows of a record; the worst verdict counts.
func (o *getOptions) everywhere(cmd *cobra.Command, g *shared, id string) error {
	var all gateway.RecordAnswer
	if err := o.get(cmd, "/v1/records/", id, &all); err != nil {
		return err
	}
	worst := trust.Valid
	for _, a := range all.Answers {
		worst = worse(worst, a.Verdict.Outcome)
	}
	if err := g.print(all, func() { g.sayAnswers(all.Answers, true) }); err != nil {
		return err
	}
	return judged(worst)
}

func worse(a, b trust.Outcome) trust.Outcome {
	if a == trust.Invalid || b == trust.Valid {
		return a
	}
	return b
}
