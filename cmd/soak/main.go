// Command soak holds a gateway to what it promises over time: that answers stay right, that nothing acknowledged is lost, and
// that it takes no more memory and goroutines as time goes by. It runs fta serve over three ledgers, each part a process of its
// own, under a mixed load, with one ledger that flaps, and kills gateway and node as a power cut does. It prints one table,
// and ends with exit code 1 where anything failed.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"time"

	"github.com/ftagateway/ftagateway/cmd/fta/command"
)

// asFTA has this program be the fta command, in the processes that it starts.
const asFTA = "FTA_SOAK_AS_FTA"

func main() {
	if os.Getenv(asFTA) != "" {
		os.Exit(command.Main())
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout, os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, "soak:", err)
		os.Exit(1)
	}
}

// options are the flags.
type options struct {
	For  time.Duration
	Rate int
}

func parse(args []string, say io.Writer) (o options, err error) {
	flags := flag.NewFlagSet("soak", flag.ContinueOnError)
	flags.SetOutput(say)
	flags.DurationVar(&o.For, "for", 20*time.Minute, "how long the load lasts")
	flags.IntVar(&o.Rate, "rate", 200, "requests a second")
	if err := flags.Parse(args); err != nil {
		return o, err
	}
	if o.For < 5*time.Second || o.Rate < 1 {
		err = errors.New("-for must be 5s or more, and -rate 1 or more")
	}
	return o, err
}

func run(ctx context.Context, args []string, out, say io.Writer) (err error) {
	o, err := parse(args, say)
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "fta-soak-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	s, err := open(ctx, dir)
	if err != nil {
		return errors.Join(err, s.close())
	}
	defer func() { err = errors.Join(err, s.close()) }()
	r, err := s.soak(ctx, o, say)
	if err != nil {
		return err
	}
	r.print(out)
	return r.judge()
}
