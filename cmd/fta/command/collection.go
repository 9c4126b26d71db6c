package command

import (
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	evidencename "github.com/ftagateway/ftagateway/evidence"
	"github.com/ftagateway/ftagateway/filing"
	"github.com/ftagateway/ftagateway/trust/key"
)

type collectionOptions struct {
	root, base, issuer, token, until string
}

func evidenceCollection(g *shared) *cobra.Command {
	var o collectionOptions
	c := &cobra.Command{
		Use:   "collection",
		Short: "Make a collection on your evidence server, and the capability to put documents there",
		Long: `Signs, with the root key of your evidence server, a capability for one key that files: it may put documents into one
collection and read them, nothing else. Nobody is asked: the server knows the root key. Use a collection and a key of its
own for each ledger, so that nobody sees that they are yours. The capability is printed; fta submit wants it as a file.`,
		Example: `  fta evidence collection --root evidence-root.pem --base-url https://evidence.example --issuer filer.pem > collection.json
  fta evidence collection --root evidence-root.pem --base-url http://127.0.0.1:8444 \
    --issuer did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK --until 2028-12-31`,
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error { return runCollection(g, o) },
	}
	c.Flags().StringVar(&o.root, "root", "", "the root key of the evidence server (PEM)")
	c.Flags().StringVar(&o.base, "base-url", "", "what the evidence server calls itself: scheme, host and port")
	c.Flags().StringVar(&o.issuer, "issuer", "", "the key that files: did:key, or a key file")
	c.Flags().StringVar(&o.token, "collection", "", "token of a collection that exists, to renew the capability for it (a new one, if empty)")
	untilFlag(c.Flags(), &o.until, "in a year")
	require(c, "root", "base-url", "issuer")
	return c
}

func runCollection(g *shared, o collectionOptions) error {
	root, err := key.LoadSigner(o.root)
	if err != nil {
		return exit(ExitUsage, err)
	}
	issuer, err := signerDID(o.issuer)
	if err != nil {
		return err
	}
	until, err := instant(o.until, time.Now().AddDate(1, 0, 0))
	if err != nil {
		return err
	}
	if o.token == "" {
		o.token = evidencename.NewCollection()
	}
	made, err := filing.CollectFor(root, o.base, o.token, issuer, until)
	if err != nil {
		return faulty("the collection", err)
	}
	return printJSON(g.Out, made.Object())
}

// require marks flags as ones that must be given.
func require(c *cobra.Command, flags ...string) {
	for _, name := range flags {
		_ = c.MarkFlagRequired(name)
	}
}

// untilFlag adds the flag for when a capability ends.
func untilFlag(f *pflag.FlagSet, until *string, otherwise string) {
	f.StringVar(until, "until", "", "date (2027-12-31) or instant (2027-12-31T12:00:00Z) at which it ends ("+otherwise+", if empty)")
}

// instant reads what untilFlag says; a date begins at midnight UTC.
func instant(text string, otherwise time.Time) (time.Time, error) {
	if text == "" {
		return otherwise, nil
	}
	for _, layout := range []string{time.DateOnly, time.RFC3339} {
		if at, err := time.Parse(layout, text); err == nil {
			return at, nil
		}
	}
	return otherwise, usage("--until %q: must be a date such as 2027-12-31, or an instant such as 2027-12-31T12:00:00Z", text)
}
