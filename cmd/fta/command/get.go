package command

import (
	"fmt"
	"net/url"

	"github.com/spf13/cobra"

	"github.com/ftagateway/ftagateway/api/client"
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
	}
	entry := &cobra.Command{
		Use:     "entry ID",
		Short:   "Open an entry file: every document of the entry, with a verdict each",
		Example: "  fta get entry urn:uuid:5f2b7d86-0d0f-4c2c-9b7e-2f6c1f3f8a10\n  fta get entry $(fta find ABC20261105)",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			var file gateway.EntryFile
			if err := o.get(cmd, "/v1/entries/"+args[0], &file); err != nil {
				return err
			}
			if err := g.print(file, func() { g.sayEntry(&file) }); err != nil {
				return err
			}
			return judged(file.Outcome)
		},
	}
	record := &cobra.Command{
		Use:     "record ID",
		Short:   "Read a record wherever it is, or on one ledger, with its verdict",
		Example: "  fta get record urn:uuid:5f2b7d86-0d0f-4c2c-9b7e-2f6c1f3f8a10 --ledger dishonest",
		Args:    cobra.ExactArgs(1),
		RunE:    func(cmd *cobra.Command, args []string) error { return getRecord(cmd, g, o, args[0]) },
	}
	record.Flags().StringVar(&o.ledger, "ledger", "", "read from this ledger only")
	c.PersistentFlags().StringVar(&o.base, "gateway", defaultGateway, "where the gateway listens")
	c.PersistentFlags().BoolVar(&o.invalid, "invalid", false, "show the content of what is invalid, too")
	c.AddCommand(entry, record)
	return c
}

func (o getOptions) get(cmd *cobra.Command, path string, answer any) error {
	c, err := client.New(o.base)
	if err != nil {
		return exit(ExitUsage, err)
	}
	defer c.Close()
	if o.invalid {
		path += "?include=invalid"
	}
	return coding(c.Get(cmd.Context(), path, answer))
}

func getRecord(cmd *cobra.Command, g *shared, o getOptions, id string) error {
	if o.ledger != "" {
		var a gateway.Answer
		if err := o.get(cmd, "/v1/ledgers/"+url.PathEscape(o.ledger)+"/records/"+id, &a); err != nil {
			return err
		}
		if err := g.print(a, func() { g.sayAnswer(&a, true) }); err != nil {
			return err
		}
		return judged(a.Verdict.Outcome)
	}
	var all gateway.RecordAnswer
	if err := o.get(cmd, "/v1/records/"+id, &all); err != nil {
		return err
	}
	worst := trust.Valid
	for _, a := range all.Answers {
		worst = worse(worst, a.Verdict.Outcome)
	}
	if err := g.print(all, func() {
		for _, a := range all.Answers {
			g.sayAnswer(&a, true)
		}
	}); err != nil {
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

// sayEntry prints an entry file as a person reads it.
func (g *shared) sayEntry(f *gateway.EntryFile) {
	fmt.Fprintf(g.Out, "entry    %s\noutcome  %s\n", f.EntryID, f.Outcome)
	if f.Status != "" {
		fmt.Fprintf(g.Out, "status   %s\n", f.Status)
	}
	for _, reason := range f.Reasons {
		fmt.Fprintf(g.Out, "         %s\n", reason)
	}
	for _, l := range f.Lines {
		fmt.Fprintf(g.Out, "line %-3d %s", l.Number, l.ClaimStatus)
		if l.Certificate != "" {
			fmt.Fprintf(g.Out, "  certificate %s %s", l.Certificate, l.Outcome)
		}
		fmt.Fprintln(g.Out)
		g.sayFindings(l.Findings)
	}
	g.sayFindings(f.Findings)
	for i := range f.Versions {
		g.sayAnswer(&f.Versions[i], false)
	}
	for i := range f.Linked {
		g.sayAnswer(&f.Linked[i], false)
	}
	g.sayOthers(f)
}

func (g *shared) sayOthers(f *gateway.EntryFile) {
	for i := range f.Others {
		g.sayAnswer(&f.Others[i], false)
	}
	for _, s := range f.Sources {
		if s.State == gateway.Unavailable {
			fmt.Fprintf(g.Out, "ledger %s could not be asked: %s\n", s.Ledger, s.Error)
		}
	}
}
