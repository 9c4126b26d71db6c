package command

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"time"

	"github.com/spf13/cobra"
)

// readyTimeout is how long an answer may take: whoever asks every few seconds must not pile up.
const readyTimeout = 3 * time.Second

func ready(g *shared) *cobra.Command {
	return &cobra.Command{
		Use:   "ready [URL]",
		Short: "Ask a gateway, node or evidence server whether it is ready, for a container's health check",
		Long: `Gets a URL and ends with 0 if the answer is 200 within 3 seconds, else with 5. Images of fta hold no shell and no curl:
this is what their health checks run. A gateway has /healthz and /readyz, an evidence server /healthz, a Web Ledger node
/ledger-agents.`,
		Example: `  fta ready
  fta ready http://127.0.0.1:8443/ledger-agents`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			url := cmp.Or(os.Getenv("FTA_GATEWAY"), defaultGateway) + "/readyz"
			if len(args) > 0 {
				url = args[0]
			}
			status, err := statusAt(cmd.Context(), url)
			if err != nil {
				return err
			}
			return g.print(map[string]int{"status": status}, func() { fmt.Fprintln(g.Out, "ready") })
		},
	}
}

// statusAt gets a URL, of which only the status counts.
func statusAt(ctx context.Context, url string) (int, error) {
	ctx, cancel := context.WithTimeout(ctx, readyTimeout)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil || r.URL.Host == "" {
		return 0, usage("%q: must be an http or https URL", url)
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		return 0, exit(ExitUndetermined, err)
	}
	_, _ = io.Copy(io.Discard, io.LimitReader(answer.Body, 64<<10))
	_ = answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return 0, exit(ExitUndetermined, fmt.Errorf("not ready: %s", answer.Status))
	}
	return answer.StatusCode, nil
}
