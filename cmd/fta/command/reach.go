package command

import (
	"errors"
	"net/http"

	"github.com/spf13/cobra"

	"github.com/ftagateway/ftagateway/api/client"
	"github.com/ftagateway/ftagateway/trust"
)

// defaultGateway is where fta demo and fta serve listen.
const defaultGateway = "http://127.0.0.1:8080"

// gatewayFlag adds the flag by which a command finds its gateway.
func gatewayFlag(c *cobra.Command, base *string) {
	c.Flags().StringVar(base, "gateway", defaultGateway, "where the gateway listens")
}

// coding gives a failed call on the gateway its exit code.
func coding(err error) error {
	var p *client.Problem
	switch {
	case err == nil:
		return nil
	case errors.Is(err, client.ErrUnreachable):
		return exit(ExitUndetermined, err)
	case !errors.As(err, &p):
		return err
	case p.Status == http.StatusNotFound:
		return exit(ExitNotFound, worded(p))
	case p.Retryable:
		return exit(ExitUndetermined, worded(p))
	case p.Status < http.StatusInternalServerError:
		return exit(ExitUsage, worded(p))
	}
	return worded(p)
}

// worded lists the faults of a problem, each on a line of its own.
func worded(p *client.Problem) error {
	if len(p.Faults) == 0 {
		return p
	}
	text := p.Title
	if p.Detail != "" {
		text += ": " + p.Detail
	}
	for _, f := range p.Faults {
		text += "\n  " + f.Error()
	}
	return errors.New(text)
}

// judged gives an outcome its exit code.
func judged(o trust.Outcome) error {
	switch o {
	case trust.Valid:
		return nil
	case trust.Invalid:
		return exit(ExitInvalid, errors.New("the verdict is invalid"))
	}
	return exit(ExitUndetermined, errors.New("the verdict is undetermined: something could not be asked or is not known here"))
}
