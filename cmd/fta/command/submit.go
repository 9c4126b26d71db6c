package command

import (
	"context"
	"crypto/ecdh"
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"os"
	"time"

	"github.com/spf13/cobra"

	"github.com/ftagateway/ftagateway/api/client"
	evidenceclient "github.com/ftagateway/ftagateway/evidence/client"
	"github.com/ftagateway/ftagateway/filing"
	"github.com/ftagateway/ftagateway/gateway"
	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/model/lifecycle"
	"github.com/ftagateway/ftagateway/trust/capability"
	"github.com/ftagateway/ftagateway/trust/did"
	"github.com/ftagateway/ftagateway/trust/key"
)

type submitOptions struct {
	base, ledger, key, collection, lookup, customs string
	id, event, update, out                         string
	private                                        []string
}

func submit(g *shared) *cobra.Command {
	var o submitOptions
	c := &cobra.Command{
		Use:   "submit FILE",
		Short: "File a signed document: to your evidence server, and its record to a ledger",
		Long: `Puts a signed document (FILE, or - for standard input) on your own evidence server, signs the record about it with the
same key, and submits the record through a gateway. The document itself goes to no ledger. The same record submitted
again answers the first receipt.`,
		Example: `  fta submit summary.signed.json --ledger trade --key filer.pem --collection collection.json \
    --lookup filer-lookup.pem --customs did:key:z6LSbysY2xFMRpGMhb7tFTLMpeuPRaqaWM1yECx2AtzE3KCc
  fta submit certificate.signed.json --ledger trade --key exporter.pem --collection collection.json --update entry-id`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return runSubmit(cmd.Context(), g, args[0], o) },
	}
	f := c.Flags()
	gatewayFlag(c, &o.base)
	f.StringVar(&o.ledger, "ledger", "", "the home ledger, by its name at the gateway")
	f.StringVar(&o.key, "key", "", "the issuer's key (PEM), which signed the document")
	f.StringVar(&o.collection, "collection", "", "file of the capability to write to your collection on your evidence server")
	f.StringVar(&o.lookup, "lookup", "", "the filer's lookup key (PEM), for entry summaries")
	f.StringVar(&o.customs, "customs", "", "CBP's public lookup key (did:key), for entry summaries")
	f.StringVar(&o.id, "id", "", "record id, where one was reserved")
	f.StringVar(&o.update, "update", "", "record id of which this is the next version")
	f.StringVar(&o.event, "event", "", "step of the life cycle (the usual one of the document, if empty)")
	f.StringVar(&o.out, "out", "", "also write the signed record to this file")
	f.StringSliceVar(&o.private, "allow-private", []string{"127.0.0.0/8"}, "networks of your evidence server beside public https")
	for _, name := range []string{"ledger", "key", "collection"} {
		_ = c.MarkFlagRequired(name)
	}
	return c
}

func runSubmit(ctx context.Context, g *shared, file string, o submitOptions) error {
	document, err := g.document(file)
	if err != nil {
		return err
	}
	partner, err := o.partner()
	if err != nil {
		return exit(ExitUsage, err)
	}
	c, err := client.New(o.base)
	if err != nil {
		return exit(ExitUsage, err)
	}
	defer c.Close()
	as, err := o.filing(ctx, c)
	if err != nil {
		return err
	}
	record, err := partner.File(ctx, document, as)
	if err != nil {
		return unfiled(err)
	}
	if o.out != "" {
		if err := os.WriteFile(o.out, record.Bytes, 0o600); err != nil {
			return err
		}
	}
	var receipt gateway.SubmissionReceipt
	question := gateway.Submission{Record: record.Bytes, Document: document.Bytes}
	if err := c.Post(ctx, "/v1/ledgers/"+url.PathEscape(o.ledger)+"/records", question, &receipt); err != nil {
		return coding(err)
	}
	return g.print(receipt, func() { g.sayReceipt(&receipt) })
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

// partner loads what the filing party keeps at home.
func (o submitOptions) partner() (*filing.Partner, error) {
	signer, err := key.LoadSigner(o.key)
	if err != nil {
		return nil, err
	}
	data, err := os.ReadFile(o.collection)
	if err != nil {
		return nil, err
	}
	collection, err := capability.Parse(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", o.collection, err)
	}
	allowed, err := prefixes(o.private)
	if err != nil {
		return nil, err
	}
	uploads, err := evidenceclient.New(evidenceclient.Config{AllowPrivate: allowed})
	if err != nil {
		return nil, err
	}
	p := &filing.Partner{Issuer: signer, Collection: collection, Evidence: uploads}
	p.Lookup, p.Customs, err = o.lookups()
	return p, err
}

func (o submitOptions) lookups() (own *ecdh.PrivateKey, customs *ecdh.PublicKey, err error) {
	if o.lookup != "" {
		own, err = key.LoadLookup(o.lookup)
	}
	if err == nil && o.customs != "" {
		customs, err = did.X25519(o.customs)
	}
	return own, customs, err
}

func prefixes(networks []string) ([]netip.Prefix, error) {
	var all []netip.Prefix
	for _, n := range networks {
		p, err := netip.ParsePrefix(n)
		if err != nil {
			return nil, err
		}
		all = append(all, p)
	}
	return all, nil
}

// filing asks the gateway what the ledger is, and for the version that is to be followed.
func (o submitOptions) filing(ctx context.Context, c *client.Client) (filing.Filing, error) {
	as := filing.Filing{ID: o.id, Event: lifecycle.Event(o.event), At: time.Now()}
	var state gateway.LedgerState
	if err := c.Get(ctx, "/v1/ledgers/"+url.PathEscape(o.ledger), &state); err != nil {
		return as, coding(err)
	}
	if as.Ledger = state.URI; as.Ledger == "" {
		return as, exit(ExitUndetermined, errors.New("the ledger cannot be asked now what it is"))
	}
	if o.update == "" {
		return as, nil
	}
	var newest gateway.Answer
	if err := c.Get(ctx, "/v1/ledgers/"+url.PathEscape(o.ledger)+"/records/"+o.update, &newest); err != nil {
		return as, coding(err)
	}
	previous, err := model.ParseRecord(newest.Record)
	if err != nil {
		return as, exit(ExitUndetermined, fmt.Errorf("version %d of %s cannot be followed: its verdict is %s",
			newest.Version, o.update, newest.Verdict.Outcome))
	}
	as.Previous = previous
	return as, nil
}

// unfiled tells an evidence server that could not be asked from everything else.
func unfiled(err error) error {
	var failure *evidenceclient.Failure
	if errors.As(err, &failure) {
		return exit(ExitUndetermined, err)
	}
	return exit(ExitUsage, err)
}

func (g *shared) sayReceipt(r *gateway.SubmissionReceipt) {
	fmt.Fprintf(g.Out, "record      %s version %d on %s\nstate       %s\nsubmission  %s\n", r.Record, r.Version, r.Ledger, r.State, r.ID)
	for _, rule := range r.Unchecked {
		fmt.Fprintf(g.Out, "unchecked   %s\n", rule)
	}
}
