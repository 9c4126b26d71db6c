package command

import (
	"context"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/ftagateway/ftagateway/model"
)

type submitOptions struct {
	base, ledger, key, collection, lookup, customs string
	id, event, update, out, record                 string
	private                                        []string
}

func submit(g *shared) *cobra.Command {
	var o submitOptions
	c := &cobra.Command{
		Use:   "submit FILE",
		Short: "File a signed document: to your evidence server, and its record to a ledger",
		Long: `Puts a signed document (FILE, or - for standard input) on your own evidence server, signs the record about it with
your key, and submits the record through a gateway. The document itself goes to no ledger.

Every run makes a new record. Where you cannot tell whether the last run was heard, submit the record that it wrote to
--out again, with --record: the same record is filed once, and answers the first receipt.`,
		Example: `  fta submit certificate.signed.json --ledger trade --key filer.pem --collection collection.json
  fta submit summary.signed.json --ledger trade --key filer.pem --collection collection.json \
    --lookup filer-lookup.pem --customs cbp-lookup.pem --out summary.record.json
  fta submit summary.signed.json --ledger trade --record summary.record.json`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return runSubmit(cmd.Context(), g, args[0], o) },
	}
	gatewayFlag(c.Flags(), &o.base)
	o.flags(c.Flags())
	require(c, "ledger")
	return c
}

func (o *submitOptions) flags(f *pflag.FlagSet) {
	f.StringVar(&o.ledger, "ledger", "", "the home ledger, by its name at the gateway")
	f.StringVar(&o.key, "key", "", "your key for this ledger (PEM)")
	f.StringVar(&o.collection, "collection", "", "file of the capability to your collection (see fta evidence collection)")
	f.StringVar(&o.lookup, "lookup", "", "your lookup key (PEM), for entry summaries")
	f.StringVar(&o.customs, "customs", "", "CBP's public lookup key (did:key, or a key file), for entry summaries")
	f.StringVar(&o.id, "id", "", "record id, where one was reserved")
	f.StringVar(&o.update, "update", "", "record id of which this is the next version")
	f.StringVar(&o.event, "event", "", "step of the life cycle (the usual one of the document, if empty)")
	f.StringVar(&o.out, "out", "", "write the signed record to this file before it is sent")
	f.StringVar(&o.record, "record", "", "submit this signed record again instead of making one")
	privateFlag(f, &o.private)
}

func runSubmit(ctx context.Context, g *shared, file string, o submitOptions) error {
	if err := o.check(); err != nil {
		return err
	}
	document, err := g.document(file)
	if err != nil {
		return err
	}
	c, err := connect(o.base)
	if err != nil {
		return err
	}
	defer c.Close()
	s := submission{g, c, o, document}
	record, err := s.signed(ctx)
	if err != nil {
		return err
	}
	return s.send(ctx, record)
}

// check refuses a command line that makes no record and names none.
func (o submitOptions) check() error {
	var missing []string
	for name, value := range map[string]string{"--key": o.key, "--collection": o.collection} {
		if value == "" && o.record == "" {
			missing = append(missing, name)
		}
	}
	if len(missing) > 0 {
		return usage("give %s, or a record that is signed already with --record", strings.Join(missing, " and "))
	}
	for _, id := range []string{o.id, o.update} {
		if _, err := recordID(id); id != "" && err != nil {
			return err
		}
	}
	return nil
}

// document reads a signed document and holds it against all rules before anything leaves.
func (g *shared) document(file string) (*model.Document, error) {
	data, err := g.input(file)
	if err != nil {
		return nil, err
	}
	d, err := model.ParseDocument(data)
	if err == nil {
		err = d.Check().Err()
	}
	if err != nil {
		return nil, faulty("the document", err)
	}
	return d, nil
}

func writeFile(name string, data []byte) error {
	if err := os.WriteFile(name, data, 0o600); err != nil {
		return exit(ExitUsage, err)
	}
	return nil
}
