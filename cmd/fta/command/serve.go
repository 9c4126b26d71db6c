package command

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"

	"github.com/spf13/cobra"

	"github.com/ftagateway/ftagateway/api"
	"github.com/ftagateway/ftagateway/cmd/fta/config"
	"github.com/ftagateway/ftagateway/cmd/fta/serving"
)

func serve(g *shared) *cobra.Command {
	var file string
	var check bool
	c := &cobra.Command{
		Use:   "serve",
		Short: "Serve the gateway's HTTP interface over the configured ledgers",
		Long: `Serves the gateway. Configuration comes from a YAML file, FTA_ environment variables over it (for example
FTA_LEDGERS_TRADE_LIMITS_BUDGET=3s), and flags over both. A ledger that cannot be reached does not keep it from starting.
On SIGHUP it
reads the configuration again and goes on with it, if it holds, without dropping a request. With --check it reads the configuration and the files that it names, says what would be served, and ends; no ledger is
asked. docs/configuration.md lists every key.`,
		Example: `  fta serve --config gateway.yaml
  fta serve --config gateway.yaml --listen 127.0.0.1:9090
  fta serve --config gateway.yaml --check`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			c, err := config.Load(file, cmd.Flags())
			if err != nil {
				return exit(ExitUsage, err)
			}
			if check {
				return runCheck(g, c)
			}
			return runServe(cmd.Context(), g, c, func() (config.Config, error) { return config.Load(file, cmd.Flags()) })
		},
	}
	c.Flags().StringVarP(&file, "config", "c", "", "configuration file")
	c.Flags().BoolVar(&check, "check", false, "read the configuration, say what would be served, and end")
	c.Flags().String("listen", "", "address to listen on")
	c.Flags().String("data", "", "folder of what must last")
	return c
}

// runServe serves a configuration, and what load reads whenever the process gets SIGHUP.
func runServe(ctx context.Context, g *shared, c config.Config, load func() (config.Config, error)) error {
	var level slog.LevelVar
	if err := levelOf(&level, c.Log); err != nil {
		return err
	}
	log := g.loggerFrom(&level)
	if err := serving.Check(c, slog.New(slog.DiscardHandler)); err != nil { // Open finds one thing that is wrong, and not where it is written
		return exit(ExitUsage, err)
	}
	gw, err := serving.Open(ctx, c, log)
	if err != nil {
		return exit(ExitUsage, err)
	}
	live := serving.NewLive(gw, func(gw *serving.Gateway, ending context.Context) http.Handler {
		return api.New(api.Config{Gateway: gw.Gateway, Metrics: gw.Metrics, Traces: gw.Traces, Log: log, Ending: ending, Leaving: ctx, PerClient: gw.PerClient()})
	})
	end := reloading(ctx, func() {
		var next config.Config
		err := live.Reload(ctx, func() (c config.Config, err error) {
			next, err = load()
			return next, err
		})
		if err == nil { // else the log has told what is wrong
			_ = levelOf(&level, next.Log)
		}
	})
	defer context.AfterFunc(ctx, live.End)()
	err = serveLive(ctx, g, live, c, log)
	end()
	return errors.Join(err, live.Close())
}

func serveLive(ctx context.Context, g *shared, live *serving.Live, c config.Config, log *slog.Logger) error {
	l, err := listen(ctx, c.Listen)
	if err != nil {
		return err
	}
	address := "http://" + l.Addr().String()
	if err := g.print(map[string]string{"gateway": address}, func() { g.say("listening on %s", address) }); err != nil {
		return errors.Join(err, l.Close())
	}
	return serving.HTTP{Handler: live, Log: log, Delay: c.Drain}.Serve(ctx, l)
}

// listen takes the address that a command serves on.
func listen(ctx context.Context, address string) (net.Listener, error) {
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", address)
	if err != nil {
		return nil, exit(ExitUsage, err)
	}
	return l, nil
}

// scheme is that of an address that is served with or without TLS.
func scheme(secure *tls.Config) string {
	if secure != nil {
		return "https"
	}
	return "http"
}

// certificate loads a pair of files for TLS; nil where neither is given.
func certificate(certFile, keyFile string) (*tls.Config, error) {
	if certFile == "" && keyFile == "" {
		return nil, nil
	}
	pair, err := tls.LoadX509KeyPair(certFile, keyFile)
	if err != nil {
		return nil, exit(ExitUsage, fmt.Errorf("TLS certificate: %w", err))
	}
	return &tls.Config{Certificates: []tls.Certificate{pair}, MinVersion: tls.VersionTLS12}, nil
}
