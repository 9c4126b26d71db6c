package command

import (
	"cmp"
	"errors"
	"net/http"
	"os"
	"strings"

	"github.com/google/uuid"
	"github.com/spf13/pflag"

	"github.com/ftagateway/ftagateway/api/client"
	"github.com/ftagateway/ftagateway/gateway"
	"github.com/ftagateway/ftagateway/trust"
)

// defaultGateway is where fta demo and fta serve listen.
const defaultGateway = "http://127.0.0.1:8080"

// gatewayFlag adds the flag by which a command finds its gateway.
func gatewayFlag(f *pflag.FlagSet, base *string) {
	f.StringVar(base, "gateway", cmp.Or(os.Getenv("FTA_GATEWAY"), defaultGateway), "where the gateway listens (FTA_GATEWAY in the environment, if set)")
}

// connect makes a client of a gateway. The caller closes it.
func connect(base string) (*client.Client, error) {
	c, err := client.New(base)
	if err != nil {
		return nil, exit(ExitUsage, err)
	}
	return c, nil
}

// recordID is an id of a record from the command line.
func recordID(arg string) (string, error) {
	if u, err := uuid.Parse(arg); err != nil || u.URN() != arg {
		return "", usage("record id %q: must be urn:uuid: and a UUID in lower case, as fta find prints it", arg)
	}
	return arg, nil
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
	case p.Type == "" && p.Status < http.StatusInternalServerError:
		return usage("what answers there is no gateway: %w", p)
	}
	return exit(codeOf(p), worded(p))
}

// codeOf is the exit code for a problem.
func codeOf(p *client.Problem) int {
	switch {
	case strings.HasSuffix(p.Type, "/"+string(gateway.NotFound)):
		return ExitNotFound
	case p.Status == http.StatusConflict:
		return ExitFailed
	case p.Status < http.StatusInternalServerError:
		return ExitUsage
	case p.Retryable:
		return ExitUndetermined
	}
	return ExitFailed
}

// worded lists the faults of a problem, each on a line of its own.
func worded(p *client.Problem) error {
	if len(p.Faults) == 0 {
		return p
	}
	head := p.Title
	if p.Detail != "" {
		head += ": " + p.Detail
	}
	return listing(head, p.Faults)
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
