// Command bench measures what the gateway promises to reach, as ratios: medians of rounds in which the works take turns,
// in one run. It prints one table, and writes it, with the machine and how to repeat it, to the file of -out.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"regexp"
	"runtime/pprof"
	"time"

	"github.com/ftagateway/ftagateway/cmd/bench/scene"
)

// options are the flags.
type options struct {
	Rounds  int
	Quick   bool
	Strict  bool
	Out     string
	Only    string
	Profile string
	Kept    string
}

// bench is one run.
type bench struct {
	options
	dir   string // of this run, removed at its end
	scene *scene.Scene
	rows  []Row
	say   io.Writer // progress
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout, os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

var errMissed = errors.New("a target is missed")

func run(ctx context.Context, args []string, out, say io.Writer) error {
	o, err := parse(args, say)
	if err != nil {
		return err
	}
	began, on := time.Now(), thisMachine()
	b := &bench{options: o, say: say}
	if err := b.measure(ctx); err != nil {
		return err
	}
	fmt.Fprint(out, table(b.rows))
	if o.Out != "" {
		if err := b.report(began, on).save(o.Out); err != nil {
			return err
		}
	}
	return b.judge()
}

func parse(args []string, say io.Writer) (o options, err error) {
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	flags.SetOutput(say)
	flags.IntVar(&o.Rounds, "rounds", 15, "how often the works take turns")
	flags.BoolVar(&o.Quick, "quick", false, "3 short rounds on few records: a look, not a measurement")
	flags.BoolVar(&o.Strict, "strict", false, "end with 1 where a target is missed")
	flags.StringVar(&o.Out, "out", "", "write the report to this `file`")
	flags.StringVar(&o.Only, "only", "", "measure only what matches this `pattern`: "+names())
	flags.StringVar(&o.Profile, "cpuprofile", "", "write a CPU profile of the measurements to this `file`")
	flags.StringVar(&o.Kept, "kept", "", "keep what takes minutes to make in this `folder`, for the next run")
	if err := flags.Parse(args); err != nil {
		return o, err
	}
	if o.Quick {
		o.Rounds = min(o.Rounds, 3)
	}
	if o.Rounds < 1 {
		return o, fmt.Errorf("-rounds %d: must be at least 1", o.Rounds)
	}
	_, err = regexp.Compile(o.Only)
	return o, err
}

// measure sets everything up, and does each part that is asked for.
func (b *bench) measure(ctx context.Context) (err error) {
	if b.dir, err = os.MkdirTemp("", "bench"); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(b.dir)) }()
	fmt.Fprintln(b.say, "filing records ...")
	if b.scene, err = scene.Open(ctx, b.dir, b.records()); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, b.scene.Close()) }()
	return b.profiled(func() error { return b.parts(ctx) })
}

func (b *bench) profiled(work func() error) error {
	if b.Profile == "" {
		return work()
	}
	file, err := os.Create(b.Profile)
	if err != nil {
		return err
	}
	if err := pprof.StartCPUProfile(file); err != nil {
		return errors.Join(err, file.Close())
	}
	err = work()
	pprof.StopCPUProfile()
	return errors.Join(err, file.Close())
}

// judge fails a strict run that missed a target.
func (b *bench) judge() error {
	for _, r := range b.rows {
		if b.Strict && r.Missed() {
			return fmt.Errorf("%w: %s, %d at once", errMissed, r.Work, r.AtOnce)
		}
	}
	return nil
}

func (b *bench) add(r Row) { b.rows = append(b.rows, r) }
