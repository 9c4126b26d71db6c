// Command fta is FTA Gateway in one binary.
package main

import (
	"os"

	"github.com/ftagateway/ftagateway/cmd/fta/command"
)

func main() { os.Exit(command.Main()) }
