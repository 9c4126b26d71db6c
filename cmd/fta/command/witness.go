package command

import (
	"errors"
	"fmt"
	"net/url"
	"os"
	"time"

	"github.com/spf13/cobra"

	log "github.com/ftagateway/ftagateway/gateway/witness"
	"github.com/ftagateway/ftagateway/trust/did"
)

func witness(g *shared) *cobra.Command {
	c := &cobra.Command{
		Use:   "witness",
		Short: "Export what the gateway has seen on the ledgers, and check an export",
		Example: `  fta witness export > witness.ndjson
  fta witness verify witness.ndjson --key did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK`,
		RunE: choose,
	}
	c.AddCommand(witnessExport(g), witnessVerify(g))
	return c
}

func witnessExport(g *shared) *cobra.Command {
	var base, after string
	c := &cobra.Command{
		Use:     "export",
		Short:   "Print the witness log: a line an entry, and a signed statement about them as the last",
		Example: `  fta witness export > witness.ndjson`,
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			c, err := connect(base)
			if err != nil {
				return err
			}
			defer c.Close()
			path := "/v1/witness/export"
			if after != "" {
				path += "?after=" + url.QueryEscape(after)
			}
			return coding(c.Copy(cmd.Context(), path, g.Out))
		},
	}
	gatewayFlag(c.Flags(), &base)
	c.Flags().StringVar(&after, "after", "", "begin after this cursor")
	return c
}

func witnessVerify(g *shared) *cobra.Command {
	var key string
	c := &cobra.Command{
		Use:     "verify FILE",
		Short:   "Check that an export is whole, and signed by a gateway's key",
		Example: `  fta witness verify witness.ndjson --key did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK`,
		Args:    cobra.ExactArgs(1),
		RunE:    func(_ *cobra.Command, args []string) error { return runWitnessVerify(g, args[0], key) },
	}
	c.Flags().StringVar(&key, "key", "", "did:key of the gateway")
	require(c, "key")
	return c
}

func runWitnessVerify(g *shared, file, key string) error {
	if _, err := did.Ed25519(key); err != nil {
		return exit(ExitUsage, fmt.Errorf("--key: %w", err))
	}
	f, err := os.Open(file)
	if err != nil {
		return exit(ExitUsage, err)
	}
	defer func() { _ = f.Close() }()
	statement, err := log.VerifyExport(f, key)
	if errors.Is(err, log.ErrExport) {
		return exit(ExitInvalid, err)
	}
	if err != nil {
		return err
	}
	return g.print(statement, func() {
		fmt.Fprintf(g.Out, "valid: entries %d to %d, signed %s\n", statement.First, statement.Last, statement.Issued.Format(time.RFC3339))
	})
}
