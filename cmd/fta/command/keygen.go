package command

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/ftagateway/ftagateway/trust/did"
	"github.com/ftagateway/ftagateway/trust/key"
)

func keygen(g *shared) *cobra.Command {
	var lookup, show bool
	c := &cobra.Command{
		Use:   "keygen FILE",
		Short: "Make a key and print its did:key",
		Long: `Makes a private key, writes it to FILE (PKCS#8 PEM, mode 0600) and prints its public did:key. An existing file is
never overwritten; --show prints the did:key of one.

A key serves one purpose. To sign documents and records: one for each ledger. To stand above an evidence server. To be
handed capabilities (CBP). To submit to a ledger (a gateway's transport key, which the ledger approves of). To find
entries by number, with --lookup (X25519 instead of Ed25519): filer and CBP tell each other its did:key.`,
		Example: `  fta keygen filer.pem
  fta keygen --lookup filer-lookup.pem
  fta keygen --show filer.pem`,
		Args: cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			make := makeSigner
			switch {
			case show:
				make = showKey
			case lookup:
				make = makeLookup
			}
			id, err := make(args[0])
			if err != nil {
				return exit(ExitUsage, err)
			}
			return g.print(map[string]string{"file": args[0], "did": id}, func() { fmt.Fprintln(g.Out, id) })
		},
	}
	c.Flags().BoolVar(&lookup, "lookup", false, "a key for finding entries by number")
	c.Flags().BoolVar(&show, "show", false, "print the did:key of an existing key file")
	return c
}

// makeSigner makes and saves a key that signs, and gives its did:key.
func makeSigner(path string) (string, error) {
	k, err := key.NewSigner()
	if err != nil {
		return "", err
	}
	if err := key.SaveSigner(path, k); err != nil {
		return "", err
	}
	return key.DID(k)
}

// makeLookup does the same for a lookup key.
func makeLookup(path string) (string, error) {
	k, err := key.NewLookup()
	if err != nil {
		return "", err
	}
	return did.FromX25519(k.PublicKey()), key.SaveLookup(path, k)
}

// showKey gives the did:key of a file, whichever kind it holds.
func showKey(path string) (string, error) {
	signer, err := key.LoadSigner(path)
	if err == nil {
		return key.DID(signer)
	}
	if !errors.Is(err, key.ErrKind) {
		return "", err
	}
	k, err := key.LoadLookup(path)
	if err != nil {
		return "", err
	}
	return did.FromX25519(k.PublicKey()), nil
}
