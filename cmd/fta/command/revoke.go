package command

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/ftagateway/ftagateway/trust/key"
)

type revokeOptions struct {
	capability, key string
	private         []string
}

func evidenceRevoke(g *shared) *cobra.Command {
	var o revokeOptions
	c := &cobra.Command{
		Use:   "revoke",
		Short: "Take a capability back at your evidence server",
		Long: `Has your evidence server refuse a capability, and all that stand on it, from now on. The key is the one that signed
the capability, or one above: the root key takes back everything.`,
		Example: `  fta evidence revoke --capability admission.json --key filer.pem`,
		Args:    cobra.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return runRevoke(cmd.Context(), g, o) },
	}
	c.Flags().StringVar(&o.capability, "capability", "", "file of the capability")
	c.Flags().StringVar(&o.key, "key", "", "the key that delegated it (PEM)")
	privateFlag(c.Flags(), &o.private)
	require(c, "capability", "key")
	return c
}

func runRevoke(ctx context.Context, g *shared, o revokeOptions) error {
	revoked, err := readCapability(o.capability)
	if err != nil {
		return exit(ExitUsage, err)
	}
	signer, err := key.LoadSigner(o.key)
	if err != nil {
		return exit(ExitUsage, err)
	}
	server, err := evidenceClient(o.private)
	if err != nil {
		return exit(ExitUsage, err)
	}
	if err := server.Revoke(ctx, revoked, signer); err != nil {
		return unfiled(err)
	}
	return g.print(map[string]string{"revoked": revoked.ID}, func() { fmt.Fprintf(g.Out, "revoked %s\n", revoked.ID) })
}
