package command

import (
	"bytes"
	"crypto"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/ftagateway/ftagateway/conformance"
	"github.com/ftagateway/ftagateway/conformance/attestation"
	"github.com/ftagateway/ftagateway/conformance/page"
	"github.com/ftagateway/ftagateway/trust/key"
)

// outputs is where a report goes: what was found wrong with that is told before anything is played.
type outputs struct {
	g           *shared
	junit, html string // files; empty: not wanted
	date        string
	signer      crypto.Signer // nil: not signed
}

func (o conformanceOptions) outputs(g *shared) (*outputs, error) {
	out := &outputs{g: g, junit: o.junit, html: o.html, date: o.date}
	if _, err := time.Parse(time.DateOnly, o.date); o.date != "" && err != nil {
		return nil, usage("--date %q: must be a day as 2026-11-26", o.date)
	}
	if o.sign == "" {
		return out, nil
	}
	if !g.json {
		return nil, usage("--sign %s: needs --json, since the JSON report is what is signed", o.sign)
	}
	var err error
	if out.signer, err = key.LoadSigner(o.sign); err != nil {
		return nil, exit(ExitUsage, err)
	}
	return out, nil
}

// judged writes the report, and answers with the exit code that it stands for.
func (o *outputs) judged(r *conformance.Report) error {
	if err := o.write(r); err != nil {
		return err
	}
	if !r.OK() {
		return exit(ExitInvalid, fmt.Errorf("%d cases failed", r.Summary.Fail))
	}
	return nil
}

// write prints the report, and writes the files that were asked for.
func (o *outputs) write(r *conformance.Report) error {
	p := page.Page{Report: r, Played: o.date}
	if err := o.print(r, &p); err != nil {
		return err
	}
	if o.junit != "" {
		if err := toFile(o.junit, r.WriteJUnit); err != nil {
			return err
		}
	}
	if o.html != "" {
		return toFile(o.html, p.Write)
	}
	return nil
}

// print prints the report, and tells the page how the JSON came out.
func (o *outputs) print(r *conformance.Report, p *page.Page) error {
	if !o.g.json {
		return r.WriteText(o.g.Out)
	}
	var printed bytes.Buffer
	writeJSON := r.WriteJSON
	if o.signer != nil {
		d, err := attestation.Sign(r, o.signer, time.Now())
		if err != nil {
			return err
		}
		p.Signer, p.Signed, writeJSON = d.Issuer, d.Issued, d.WriteJSON
	}
	if err := writeJSON(&printed); err != nil {
		return err
	}
	p.Digest = attestation.Digest(printed.Bytes())
	if r.Hint != "" {
		fmt.Fprintln(o.g.Err, r.Hint)
	}
	_, err := printed.WriteTo(o.g.Out)
	return err
}

func toFile(name string, write func(io.Writer) error) error {
	f, err := os.Create(name)
	if err != nil {
		return exit(ExitUsage, err)
	}
	return errors.Join(write(f), f.Close())
}
