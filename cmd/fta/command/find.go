package command

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ftagateway/ftagateway/gateway"
	"github.com/ftagateway/ftagateway/model"
)

func find(g *shared) *cobra.Command {
	var base string
	c := &cobra.Command{
		Use:   "find NUMBER | -",
		Short: "Find an entry by its number, whichever ledger holds it",
		Long: `Prints the record id of the entry with that number, with or without hyphens. With - the number is read from standard
input, so that it stands in no shell history and no list of processes.`,
		Example: `  fta find ABC-1234567-6
  echo ABC12345676 | fta find -`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			number, err := g.number(args[0])
			if err != nil {
				return err
			}
			return runFind(cmd.Context(), g, base, number)
		},
	}
	gatewayFlag(c.Flags(), &base)
	return c
}

func runFind(ctx context.Context, g *shared, base, number string) error {
	c, err := connect(base)
	if err != nil {
		return err
	}
	defer c.Close()
	var found gateway.Found
	if err := c.Post(ctx, "/v1/entries/find", map[string]string{"entryNumber": number}, &found); err != nil {
		return coding(err)
	}
	return g.print(found, func() { g.sayFound(&found) })
}

// number is an entry number from the command line, or the first line of standard input. One that cannot be one is sent
// nowhere, and not repeated.
func (g *shared) number(arg string) (string, error) {
	if arg == "-" {
		line, err := bufio.NewReader(io.LimitReader(g.In, 256)).ReadString('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return "", exit(ExitUsage, err)
		}
		arg = strings.TrimSpace(line)
	}
	number, err := model.NormalizeEntryNumber(arg)
	if err != nil {
		return "", exit(ExitUsage, err)
	}
	return number, nil
}

func (g *shared) sayFound(found *gateway.Found) {
	for _, id := range found.Entries {
		fmt.Fprintln(g.Out, id)
	}
	for _, s := range found.Sources {
		if s.State == gateway.Unavailable {
			fmt.Fprintf(g.Err, "ledger %s could not be asked: %s\n", s.Ledger, s.Error)
		}
	}
}
