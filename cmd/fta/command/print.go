package command

import (
	"encoding/json"
	"fmt"
	"io"
	"os"

	"golang.org/x/term"
)

// print writes an answer: as JSON with --json, else as a person reads it.
func (g *shared) print(v any, plain func()) error {
	if !g.json {
		plain()
		return nil
	}
	return printJSON(g.Out, v)
}

func printJSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(v)
}

// interactive reports whether a person looks at standard error as it is written.
func (g *shared) interactive() bool {
	f, ok := g.Err.(*os.File)
	return ok && !g.json && term.IsTerminal(int(f.Fd()))
}

// say tells a person what is going on; with --json nobody is told.
func (g *shared) say(format string, args ...any) {
	if !g.json {
		fmt.Fprintf(g.Out, format+"\n", args...)
	}
}

// input reads a file, or standard input for "-", up to a bound.
func (g *shared) input(name string) ([]byte, error) {
	r := g.In
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return nil, exit(ExitUsage, err)
		}
		defer func() { _ = f.Close() }()
		r = f
	}
	data, err := io.ReadAll(io.LimitReader(r, maxInput+1))
	if err != nil {
		return nil, exit(ExitUsage, fmt.Errorf("reading %s: %w", name, err))
	}
	if len(data) > maxInput {
		return nil, usage("%s is larger than %d bytes", name, maxInput)
	}
	return data, nil
}

const maxInput = 8 << 20
