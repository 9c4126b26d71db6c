package command

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/ftagateway/ftagateway/trust/did"
	"github.com/ftagateway/ftagateway/trust/key"
)

func keygen(g *shared) *cobra.Command {
	var lookup bool
	c := &cobra.Command{
		Use:   "keygen FILE",
		Short: "Make a key and print its did:key",
		Long: `Makes a private key, writes it to FILE (PKCS#8 PEM, mode 0600) and prints its public did:key. An existing file is
never overwritten. A key signs (Ed25519), or with --lookup serves for finding entries by number (X25519): never both.`,
		Example: `  fta keygen filer.pem
  fta keygen --lookup filer-lookup.pem`,
		Args: cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			id, err := makeKey(args[0], lookup)
			if err != nil {
				return exit(ExitUsage, err)
			}
			return g.print(map[string]string{"file": args[0], "did": id}, func() { fmt.Fprintln(g.Out, id) })
		},
	}
	c.Flags().BoolVar(&lookup, "lookup", false, "a key for finding entries by number")
	return c
}

// makeKey makes and saves a key and gives its did:key.
func makeKey(path string, lookup bool) (string, error) {
	if lookup {
		k, err := key.NewLookup()
		if err != nil {
			return "", err
		}
		return did.FromX25519(k.PublicKey()), key.SaveLookup(path, k)
	}
	k, err := key.NewSigner()
	if err != nil {
		return "", err
	}
	if err := key.SaveSigner(path, k); err != nil {
		return "", err
	}
	return key.DID(k)
}
