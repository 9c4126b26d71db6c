// Command acme-fta is FTA Gateway with one driver more than it comes with: that of package journal. Everything else is
// the gateway's own command.
package main

import (
	"os"

	"github.com/ftagateway/ftagateway/cmd/fta/command"

	_ "example.com/acme/ledger/journal" // registers the scheme journal:
)

func main() { os.Exit(command.Main()) }
