package command

import (
	"crypto/rand"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/cmd/fta/play"
	"github.com/ftagateway/ftagateway/cmd/fta/serving"
	"github.com/ftagateway/ftagateway/conformance"
	"github.com/ftagateway/ftagateway/translate"
	"github.com/ftagateway/ftagateway/trust/key"
)

// conformanceOptions are the flags of fta conformance.
type conformanceOptions struct {
	key, form, mapping, another string
	keyForm                     string
	anchors, otherAnchors       string
	keys, levels, cases         []string
	seed                        uint64
	timeout                     time.Duration
	junit, html, date, sign     string
	list                        bool
}

func (o *conformanceOptions) flags(f *pflag.FlagSet) {
	f.StringVar(&o.key, "key", "", "transport key (PEM) by which the driver writes, where it signs; without it such a ledger is only read")
	f.StringVar(&o.form, "form", "", "what keys and bodies the ledger takes: "+strings.Join(play.Forms(), ", ")+" (by the scheme, if empty)")
	f.StringVar(&o.mapping, "mapping", "", "mapping file that entries are held against, and by which keys and bodies are drawn")
	f.StringVar(&o.keyForm, "key-form", "", "form of the keys that are drawn, for a ledger that takes no others, such as BR-2026/########: # is a drawn digit, ? a drawn capital letter")
	f.StringSliceVar(&o.keys, "at", nil, "keys that stand on the ledger: read where it is not written to, and held against the mapping")
	f.StringVar(&o.another, "another", "", "URL of another ledger of the same kind, whose cursors must be refused")
	f.StringVar(&o.anchors, "anchors", "", "file (JSON) of what proofs are verified with")
	f.StringVar(&o.otherAnchors, "other-anchors", "", "file (JSON) of anchors of another chain, by which no proof may hold")
	o.common(f, conformance.DriverSuite())
}

// common are the flags of every suite.
func (o *conformanceOptions) common(f *pflag.FlagSet, s conformance.Suite) {
	var levels []string
	for _, level := range s.Levels {
		levels = append(levels, string(level))
	}
	f.StringSliceVar(&o.levels, "level", nil, "only these levels: "+strings.Join(levels, ", "))
	f.StringSliceVar(&o.cases, "case", nil, "only these cases")
	f.Uint64Var(&o.seed, "seed", 1, "makes keys, numbers, bodies and the order of things")
	f.DurationVar(&o.timeout, "timeout", 30*time.Second, "of each case")
	f.StringVar(&o.junit, "junit", "", "also write a JUnit report to this file")
	f.StringVar(&o.html, "html", "", "also write the report as a page to this file")
	f.StringVar(&o.date, "date", "", "day of the run, YYYY-MM-DD, that the page says; the JSON report holds no times")
	f.StringVar(&o.sign, "sign", "", "key (PEM) that signs the JSON report; needs --json")
	f.BoolVar(&o.list, "list", false, "list the cases, and why each matters")
}

// maxSeed is the largest number that every reader of JSON reads as it is.
const maxSeed = 1<<53 - 1

func (o conformanceOptions) options() (conformance.Options, error) {
	levels, err := o.chosen(conformance.DriverSuite())
	if err != nil {
		return conformance.Options{}, err
	}
	return conformance.Options{Seed: o.seed, Levels: levels, Cases: o.cases, Timeout: o.timeout}, o.checkDrawing()
}

// checkDrawing holds what says how keys and bodies are drawn.
func (o conformanceOptions) checkDrawing() error {
	switch {
	case o.form != "" && !slices.Contains(play.Forms(), o.form):
		return usage("--form %s: must be one of %v", o.form, play.Forms())
	case o.form != "" && o.mapping != "":
		return usage("--form %s: must not be given with --mapping, which says the form", o.form)
	}
	return nil
}

// mappingOf reads a mapping file. The ids that it gives to keys are of this run alone: their secret is drawn, and kept
// nowhere.
func mappingOf(file string) (*translate.Mapping, error) {
	keys, err := translate.NewKeys([]byte(rand.Text()+rand.Text()), forgetful{})
	if err != nil {
		return nil, err
	}
	return translate.Load(os.DirFS(filepath.Dir(file)), filepath.Base(file), translate.Options{Keys: keys})
}

// forgetful keeps nothing: nobody asks for the way back from an id of a run.
type forgetful struct{}

func (forgetful) Get([]byte) ([]byte, bool, error) { return nil, false, nil }

func (forgetful) Apply(...driver.Change) error { return nil }

func (forgetful) Scan([]byte, []byte, func(key, value []byte) bool) error { return nil }

// ledger reads what the flags name beside the URL.
func (o conformanceOptions) ledger(url string) (l play.Ledger, err error) {
	l = play.Ledger{URL: url, Another: o.another, Form: play.Form(o.form), KeyForm: play.KeyForm(o.keyForm), Keys: o.keys}
	if o.key != "" {
		if l.Signer, err = key.LoadSigner(o.key); err != nil {
			return l, exit(ExitUsage, err)
		}
	}
	if o.mapping != "" {
		if l.Mapping, err = mappingOf(o.mapping); err != nil {
			return l, exit(ExitUsage, fmt.Errorf("--mapping: %w", err))
		}
	}
	if l.Anchors, err = serving.Anchors(o.anchors); err != nil {
		return l, exit(ExitUsage, fmt.Errorf("--anchors %s: %w", o.anchors, err))
	}
	if l.OtherAnchors, err = serving.Anchors(o.otherAnchors); err != nil {
		return l, exit(ExitUsage, fmt.Errorf("--other-anchors %s: %w", o.otherAnchors, err))
	}
	return l, nil
}
