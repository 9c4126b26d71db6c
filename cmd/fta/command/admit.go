package command

import (
	"context"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"github.com/ftagateway/ftagateway/evidence/client"
	"github.com/ftagateway/ftagateway/filing"
	"github.com/ftagateway/ftagateway/trust/capability"
	"github.com/ftagateway/ftagateway/trust/key"
)

type admitOptions struct {
	collection, key, reader, until, base string
}

func evidenceAdmit(g *shared) *cobra.Command {
	var o admitOptions
	c := &cobra.Command{
		Use:   "admit",
		Short: "Let CBP read a collection: delegate it to CBP's key, and hand the capability over",
		Long: `Signs, with the key that files, a capability for a reader: it may read what is in the collection, and nothing else.
The capability is printed: keep it, fta evidence revoke takes it back. With --gateway it is handed over at once to the
gateway there, which fetches your documents with it; without, send it to the reader by other means.`,
		Example: `  fta evidence admit --collection collection.json --key filer.pem \
    --reader did:key:z6MkpTHR8VNsBxYAAWHut2Geadd9jSwuBV8xRoAnwWsdvktH > admission.json
  fta evidence admit --collection collection.json --key filer.pem --reader cbp-capability.pem --gateway http://127.0.0.1:8080 > admission.json`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return runAdmit(cmd.Context(), g, o) },
	}
	c.Flags().StringVar(&o.collection, "collection", "", "file of the capability to your collection (see fta evidence collection)")
	c.Flags().StringVar(&o.key, "key", "", "the key that files, which the collection is for (PEM)")
	c.Flags().StringVar(&o.reader, "reader", "", "CBP's capability key: did:key, or a key file")
	c.Flags().StringVar(&o.base, "gateway", "", "the gateway to hand the capability over to")
	untilFlag(c.Flags(), &o.until, "with the collection's")
	require(c, "collection", "key", "reader")
	return c
}

func runAdmit(ctx context.Context, g *shared, o admitOptions) error {
	admission, err := o.admission()
	if err != nil {
		return err
	}
	if err := printJSON(g.Out, admission.Object()); err != nil || o.base == "" {
		return err
	}
	return handOver(ctx, g, o.base, admission)
}

// admission is the capability for the reader.
func (o admitOptions) admission() (*capability.Capability, error) {
	collection, err := readCapability(o.collection)
	if err != nil {
		return nil, exit(ExitUsage, err)
	}
	signer, err := key.LoadSigner(o.key)
	if err != nil {
		return nil, exit(ExitUsage, err)
	}
	reader, err := signerDID(o.reader)
	if err != nil {
		return nil, err
	}
	until, err := instant(o.until, time.Time{})
	if err != nil {
		return nil, err
	}
	admission, err := filing.Admit(collection, signer, reader, until)
	if err != nil {
		return nil, faulty("the admission", err)
	}
	return admission, nil
}

// handOver gives a gateway a capability, and says so beside what is printed.
func handOver(ctx context.Context, g *shared, base string, admission *capability.Capability) error {
	c, err := connect(base)
	if err != nil {
		return err
	}
	defer c.Close()
	var held client.Held
	if err := c.Post(ctx, "/v1/capabilities", admission.Object(), &held); err != nil {
		return coding(err)
	}
	_, err = fmt.Fprintf(g.Err, "handed over: %s until %s\n", held.ID, held.Expires.Format(time.RFC3339))
	return err
}
