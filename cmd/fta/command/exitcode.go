package command

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"
)

// The exit codes, for scripts.
const (
	ExitOK           = 0
	ExitFailed       = 1 // something went wrong that the other codes do not tell
	ExitUsage        = 2 // the command line, the configuration or the input is wrong
	ExitNotFound     = 3 // every ledger was asked, and none holds it
	ExitInvalid      = 4 // the verdict is invalid, a conformance case failed, or a mapping breaks its laws
	ExitUndetermined = 5 // something could not be asked: try later
)

const exitCodes = `
Exit codes:
  0  done; where there is a verdict, it is valid
  1  something else went wrong
  2  the command line, the configuration or the input is wrong
  3  not found: every ledger was asked, and none holds it
  4  the verdict is invalid, a conformance case failed, or a mapping breaks its laws
  5  undetermined: something could not be asked, try again later
`

// shortCodes ends the help of each command.
const shortCodes = `{{if .HasParent}}
Exit codes: 0 done and valid, 1 failed, 2 wrong input, 3 not found, 4 invalid, 5 undetermined (see fta --help)
{{end}}`

// coded is an error with the exit code that it ends the command with.
type coded struct {
	code int
	err  error
}

func (c *coded) Error() string { return c.err.Error() }
func (c *coded) Unwrap() error { return c.err }

func exit(code int, err error) error { return &coded{code, err} }

func usage(format string, args ...any) error { return exit(ExitUsage, fmt.Errorf(format, args...)) }

// code is the exit code for an error: what a command says, or that the command line is wrong if none had begun.
func code(root *cobra.Command, err error) int {
	var c *coded
	switch {
	case errors.As(err, &c):
		return c.code
	case root.Annotations[begun] == "":
		return ExitUsage
	}
	return ExitFailed
}

// begun is noted at the root as soon as cobra is content with the command line.
const begun = "begun"
