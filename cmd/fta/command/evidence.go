package command

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"github.com/ftagateway/ftagateway/cmd/fta/serving"
	"github.com/ftagateway/ftagateway/evidence/server"
)

type evidenceOptions struct {
	server.Config
	listen, root, cert, key string
}

func evidence(g *shared) *cobra.Command {
	var o evidenceOptions
	c := &cobra.Command{
		Use:   "evidence",
		Short: "Run a Trade Evidence Server for your own documents, and give others access",
		Long: `Keeps documents and files, gives them only against a capability, and logs who took what. The key in --root stands
above all. With fta evidence collection it gives a place for documents to each key that files; with fta evidence admit
that key lets CBP read them. The server itself needs only the root's public half, and takes it from the file.`,
		Example: `  fta keygen evidence-root.pem
  fta evidence --data ./evidence --root evidence-root.pem
  fta evidence --data ./evidence --root evidence-root.pem --base-url https://evidence.example --tls-cert server.crt --tls-key server.key`,
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
	require(c, "root")
	c.AddCommand(evidenceCollection(g), evidenceAdmit(g), evidenceRevoke(g))
	return c
}

func runEvidence(ctx context.Context, g *shared, o evidenceOptions) error {
	secure, err := certificate(o.cert, o.key)
	if err != nil {
		return err
	}
	if o.RootController, err = signerDID(o.root); err != nil {
		return err
	}
	l, err := listen(ctx, o.listen)
	if err != nil {
		return err
	}
	if o.BaseURL == "" {
		o.BaseURL = scheme(secure) + "://" + l.Addr().String()
	}
	o.Log = g.logger()
	s, err := server.Open(o.Config)
	if err != nil {
		return exit(ExitUsage, errors.Join(err, l.Close()))
	}
	err = g.print(map[string]string{"baseUrl": o.BaseURL, "address": l.Addr().String()}, func() {
		g.say("listening on %s, as %s", l.Addr(), o.BaseURL)
	})
	return errors.Join(err, serving.HTTP{Handler: s.Handler(), TLS: secure, Log: o.Log}.Serve(ctx, l), s.Close())
}
