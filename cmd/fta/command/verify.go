package command

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/ftagateway/ftagateway/gateway"
	"github.com/ftagateway/ftagateway/trust"
)

type verifyOptions struct {
	base, document, record, signer string
	proof, anchors                 string
	previous                       []string
}

func verify(g *shared) *cobra.Command {
	var o verifyOptions
	c := &cobra.Command{
		Use:   "verify [REPORT]",
		Short: "Check a document, a record, or both together, without asking any ledger; or a ledger's proof; or a conformance report",
		Long: `Has the gateway check what you have in hand: schema, rules, proof, whether a trusted participant holds the key, the
chain of versions, and whether a document is the one that its record is about. What stands on a ledger is not asked.

With --proof it checks that a version stands on its chain: the file is what a gateway answers at
/v1/ledgers/{ledger}/records/{id}/versions/{version}/proof, and --anchors says what is trusted. That is checked here too,
and neither a gateway nor a ledger is asked.

A conformance REPORT (a file, or - for standard input) is checked here, and no gateway is asked: who signed it, whether
it is intact, of which suite, protocol and model it is, and whether its verdict follows from its cases.`,
		Example: `  fta verify --document certificate.signed.json
  fta verify --document entry.signed.json --record entry.v2.json --previous entry.v1.json
  fta verify --proof entry.v2.proof.json --anchors trade.anchors.json
  fta verify report.json --signer did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 1 {
				return o.report(g, args[0])
			}
			if o.proof != "" || o.anchors != "" {
				return o.inclusion(g)
			}
			return runVerify(cmd.Context(), g, o)
		},
	}
	gatewayFlag(c.Flags(), &o.base)
	c.Flags().StringVar(&o.document, "document", "", "file of a signed document, - for standard input")
	c.Flags().StringVar(&o.record, "record", "", "file of a signed record")
	c.Flags().StringVar(&o.proof, "proof", "", "file of a ledger's proof of a version, as a gateway answers it")
	c.Flags().StringVar(&o.anchors, "anchors", "", "file (JSON) of what the proof is held against")
	c.Flags().StringVar(&o.signer, "signer", "", "did:key that must have signed the report; any, if empty")
	c.Flags().StringSliceVar(&o.previous, "previous", nil, "files of the versions before the record, oldest first")
	return c
}

func runVerify(ctx context.Context, g *shared, o verifyOptions) error {
	bundle, err := o.bundle(g)
	if err != nil {
		return err
	}
	c, err := connect(o.base)
	if err != nil {
		return err
	}
	defer c.Close()
	var verified gateway.Verified
	if err := c.Post(ctx, "/v1/verify", bundle, &verified); err != nil {
		return coding(err)
	}
	return g.sayVerified(&verified)
}

// bundle reads the files. What is no JSON is refused here, because a request cannot carry it.
func (o verifyOptions) bundle(g *shared) (*gateway.Bundle, error) {
	if o.document == "" && o.record == "" {
		return nil, usage("give --document, --record or both, or the file of a conformance report")
	}
	var b gateway.Bundle
	var err error
	if b.Document, err = g.jsonFile(o.document); err != nil {
		return nil, err
	}
	if b.Record, err = g.jsonFile(o.record); err != nil {
		return nil, err
	}
	for _, file := range o.previous {
		data, err := g.jsonFile(file)
		if err != nil {
			return nil, err
		}
		b.Previous = append(b.Previous, data)
	}
	return &b, nil
}

// jsonFile reads a file of JSON; none where no name is given.
func (g *shared) jsonFile(name string) (json.RawMessage, error) {
	if name == "" {
		return nil, nil
	}
	data, err := g.input(name)
	if err == nil && !json.Valid(data) {
		err = usage("%s is not JSON", name)
	}
	return data, err
}

func (g *shared) sayVerified(v *gateway.Verified) error {
	outcome := trust.Valid
	show := func(what string, verdict *trust.Verdict) {
		if verdict == nil {
			return
		}
		outcome = worse(outcome, verdict.Outcome)
		g.say("%-10s %s", what, verdict.Outcome)
		for _, c := range verdict.Checks {
			if !g.json {
				g.sayCheck(c)
			}
		}
	}
	show("document", v.Document)
	show("record", v.Record)
	if err := g.print(v, func() {
		for _, f := range v.Faults {
			fmt.Fprintln(g.Out, "  "+f.Error())
		}
	}); err != nil {
		return err
	}
	return judged(outcome)
}
