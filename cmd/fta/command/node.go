package command

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	webledger "github.com/ftagateway/ftagateway/adapters/webledger/node"
)

type nodeOptions struct {
	webledger.Config
	listen, cert, key string
}

func node(g *shared) *cobra.Command {
	var o nodeOptions
	c := &cobra.Command{
		Use:   "node",
		Short: "Run a Web Ledger node",
		Long: `Runs a Web Ledger node of one validator on CometBFT, in this process, on disk. The first run makes the ledger: its
URI (a urn:uuid) and who may write to it; later runs go on with it. With --tls-cert and --tls-key it speaks https, as
other people's clients expect.`,
		Example: `  fta keygen transport.pem
  fta node --home ./node --approved transport.pem
  fta node --home ./node --listen 127.0.0.1:8443 --tls-cert server.crt --tls-key server.key`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return runNode(cmd.Context(), g, o) },
	}
	c.Flags().StringVar(&o.Home, "home", "node", "folder that the node keeps everything in")
	c.Flags().StringVar(&o.Ledger, "ledger", "", "URI of the ledger, urn:uuid (a new one on the first run)")
	c.Flags().StringSliceVar(&o.ApprovedSigners, "approved", nil, "did:key, or key file, of who may write (on the first run)")
	c.Flags().StringVar(&o.Name, "name", "", "name for people")
	c.Flags().StringVar(&o.BaseURL, "base-url", "", "where clients find the node (the host of each request, if empty)")
	c.Flags().StringVar(&o.listen, "listen", "127.0.0.1:8443", "address to listen on")
	c.Flags().StringVar(&o.cert, "tls-cert", "", "certificate (PEM)")
	c.Flags().StringVar(&o.key, "tls-key", "", "its key (PEM)")
	return c
}

func runNode(ctx context.Context, g *shared, o nodeOptions) error {
	secure, err := certificate(o.cert, o.key)
	if err != nil {
		return err
	}
	l, err := listen(ctx, o.listen)
	if err != nil {
		return err
	}
	for i, approved := range o.ApprovedSigners {
		if o.ApprovedSigners[i], err = signerDID(approved); err != nil {
			return errors.Join(err, l.Close())
		}
	}
	o.Log = g.logger()
	n, err := webledger.Open(ctx, o.Config)
	if err != nil {
		return exit(ExitUsage, errors.Join(err, l.Close()))
	}
	url := scheme(secure) + "://" + l.Addr().String()
	err = g.print(map[string]string{"ledger": n.Ledger(), "targetNode": n.TargetNode(), "address": l.Addr().String()}, func() {
		g.say("ledger %s\nnode   %s\nlistening on %s (webledger+%s in a gateway's configuration)", n.Ledger(), n.TargetNode(), url, url)
	})
	return errors.Join(err, n.Serve(ctx, l, secure), n.Close())
}
