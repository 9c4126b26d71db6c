package play_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/cmd/fta/play"
	"github.com/ftagateway/ftagateway/conformance/gatewaysuite"
)

// A command that starts no gateway is told by what it printed.
func TestCommandsThatStartNoGateway(t *testing.T) {
	for name, c := range map[string]struct {
		args []string
		want string
	}{
		"none of that name":    {[]string{"no-such-gateway-command"}, "no-such-gateway-command"},
		"it ends":              {[]string{"sh", "-c", "echo no ledgers configured >&2; exit 3"}, "exit status 3: no ledgers configured"},
		"it answers to nobody": {[]string{"sh", "-c", "echo waiting; exec sleep 60"}, "did not answer 200"},
	} {
		t.Run(name, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
			defer cancel()
			g, err := play.Command(c.args).Open(ctx, gatewaysuite.Setting{Data: t.TempDir()})
			if err == nil {
				t.Fatalf("%+v was opened", g)
			}
			if !strings.Contains(err.Error(), c.want) {
				t.Errorf("%v, want %q", err, c.want)
			}
		})
	}
}
