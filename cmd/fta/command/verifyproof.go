package command

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/api"
	"github.com/ftagateway/ftagateway/ld"
)

// Proved is what came of checking a ledger's proof. It has no key, which may be what must not be shown.
type Proved struct {
	Outcome   driver.Outcome `json:"outcome"`
	Method    string         `json:"method"`
	Reason    string         `json:"reason,omitempty"`
	Version   uint64         `json:"version"`
	Height    uint64         `json:"height"`
	Tx        string         `json:"tx"`
	ChainTime time.Time      `json:"chainTime,omitzero"`
	Author    api.Author     `json:"author"`
	Body      ld.Digest      `json:"body"` // of the chain's own bytes; of a record of ours it is the record's digest
}

// inclusion checks a ledger's proof against anchors.
func (o verifyOptions) inclusion(g *shared) error {
	if o.proof == "" || o.anchors == "" || o.document != "" || o.record != "" || len(o.previous) > 0 {
		return usage("--proof and --anchors must be given together, and without --document, --record or --previous")
	}
	data, err := g.jsonFile(o.proof)
	if err != nil {
		return err
	}
	anchors, err := g.jsonFile(o.anchors)
	if err != nil {
		return err
	}
	var told api.Proven
	if err := json.Unmarshal(data, &told); err != nil {
		return usage("%s: %w", o.proof, err)
	}
	if told.Proof == nil {
		return usage("%s: proof must be there: is it what a gateway answers at .../versions/{version}/proof?", o.proof)
	}
	r := driver.Verify(told.Entry(), told.Proof, driver.Anchors(anchors))
	return g.sayProved(&Proved{r.Outcome, r.Method, r.Reason, told.Version, told.Height, told.Tx, told.ChainTime, told.Author, ld.Sum(told.Body)})
}

func (g *shared) sayProved(p *Proved) error {
	if err := g.print(p, func() {
		fmt.Fprintf(g.Out, "%-12s version %d in block %d, at %s\n", p.Outcome, p.Version, p.Height, p.ChainTime.Format(time.RFC3339))
		fmt.Fprintf(g.Out, "transaction  %s\nauthor       %s %s\nbody         %s\nmethod       %s\n", p.Tx, p.Author.Kind, p.Author.ID, p.Body, p.Method)
		if p.Reason != "" {
			fmt.Fprintf(g.Out, "reason       %s\n", p.Reason)
		}
	}); err != nil {
		return err
	}
	switch p.Outcome {
	case driver.Verified:
		return nil
	case driver.Failed:
		return exit(ExitInvalid, errors.New("the proof is invalid"))
	}
	return exit(ExitUndetermined, errors.New("the proof is undetermined"))
}
