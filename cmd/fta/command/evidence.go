package command

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"github.com/ftagateway/ftagateway/evidence/server"
	"github.com/ftagateway/ftagateway/trust/key"
)

type evidenceOptions struct {
	server.Config
	listen, root, cert, key string
}

func evidence(g *shared) *cobra.Command {
	var o evidenceOptions
	c := &cobra.Command{
		Use:   "evidence",
		Short: "Run a Trade Evidence Server for your own documents",
		Long: `Keeps documents and files, gives them only against a capability, and logs who took what. The key in --root stands
above all: it delegates a collection to each key that files, and that key delegates to CBP. The server itself needs only
its public half, and takes it from the file.`,
		Example: `  fta keygen evidence-root.pem
  fta evidence --data ./evidence --root evidence-root.pem --base-url https://evidence.example --tls-cert e.crt --tls-key e.key`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return runEvidence(cmd.Context(), g, o) },
	}
	c.Flags().StringVar(&o.Dir, "data", "evidence", "folder that everything is kept in")
	c.Flags().StringVar(&o.BaseURL, "base-url", "", "scheme, host and port that clients use (http://LISTEN if empty)")
	c.Flags().StringVar(&o.root, "root", "", "key file, or did:key, of the root controller")
	c.Flags().StringVar(&o.listen, "listen", "127.0.0.1:8444", "address to listen on")
	c.Flags().Int64Var(&o.MaxBytes, "max-bytes", 0, "largest upload (10 MiB if 0)")
	c.Flags().StringVar(&o.cert, "tls-cert", "", "certificate (PEM)")
	c.Flags().StringVar(&o.key, "tls-key", "", "its key (PEM)")
	_ = c.MarkFlagRequired("root")
	return c
}

func runEvidence(ctx context.Context, g *shared, o evidenceOptions) error {
	secure, err := certificate(o.cert, o.key)
	if err != nil {
		return err
	}
	if o.RootController, err = controller(o.root); err != nil {
		return err
	}
	l, err := listen(ctx, o.listen)
	if err != nil {
		return err
	}
	if o.BaseURL == "" {
		o.BaseURL = "http://" + l.Addr().String()
	}
	o.Log = g.logger()
	s, err := server.Open(o.Config)
	if err != nil {
		return exit(ExitUsage, errors.Join(err, l.Close()))
	}
	err = g.print(map[string]string{"baseUrl": o.BaseURL, "address": l.Addr().String()}, func() {
		g.say("listening on %s, as %s", l.Addr(), o.BaseURL)
	})
	return errors.Join(err, serveHTTP(ctx, l, secure, s.Handler(), o.Log), s.Close())
}

// controller gives a did:key that is written out, or that of a key file.
func controller(root string) (string, error) {
	if len(root) > 8 && root[:8] == "did:key:" {
		return root, nil
	}
	signer, err := key.LoadSigner(root)
	if err != nil {
		return "", exit(ExitUsage, err)
	}
	return key.DID(signer)
}
