package command

import (
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/spf13/cobra"

	"github.com/ftagateway/ftagateway/api/client"
	log "github.com/ftagateway/ftagateway/gateway/witness"
)

func witness(g *shared) *cobra.Command {
	c := &cobra.Command{
		Use:   "witness",
		Short: "Export what the gateway has seen on the ledgers, and check an export",
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
			c, err := client.New(base)
			if err != nil {
				return exit(ExitUsage, err)
			}
			defer c.Close()
			path := "/v1/witness/export"
			if after != "" {
				path += "?after=" + after
			}
			return coding(c.Copy(cmd.Context(), path, g.Out))
		},
	}
	gatewayFlag(c, &base)
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
		RunE: func(_ *cobra.Command, args []string) error {
			f, err := os.Open(args[0])
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
		},
	}
	c.Flags().StringVar(&key, "key", "", "did:key of the gateway")
	_ = c.MarkFlagRequired("key")
	return c
}
