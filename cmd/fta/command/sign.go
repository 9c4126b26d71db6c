package command

import (
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/schemas"
	"github.com/ftagateway/ftagateway/trust/key"
	"github.com/ftagateway/ftagateway/trust/proof"
)

type signOptions struct {
	key, documentType, suite string
	sample                   bool
}

func sign(g *shared) *cobra.Command {
	var o signOptions
	c := &cobra.Command{
		Use:   "sign FILE",
		Short: "Sign what a document says, as a verifiable credential",
		Long: `Reads the subject of a document (FILE, or - for standard input), holds it against its schema and against every
rule that needs nothing but the document, and prints the signed document: with a random id, a secret salt and a Data
Integrity proof by the key. The document belongs on your own evidence server, never on a ledger: see fta submit.

With --sample a subject of the type is printed instead, to begin from. Its companies do not exist.`,
		Example: `  fta sign --sample --type EntrySummary > summary.json
  fta sign --key filer.pem --type EntrySummary summary.json > summary.signed.json
  fta sign --sample --type CertificateOfOrigin | fta sign --key filer.pem --type CertificateOfOrigin - > certificate.signed.json`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error { return runSign(g, args, o) },
	}
	c.Flags().StringVar(&o.key, "key", "", "the issuer's key (PEM)")
	c.Flags().StringVar(&o.documentType, "type", "", "of the document: "+strings.Join(documentTypes, ", "))
	c.Flags().StringVar(&o.suite, "suite", proof.JCS2022, "cryptosuite: "+proof.JCS2022+" or "+proof.RDFC2022)
	c.Flags().BoolVar(&o.sample, "sample", false, "print a subject to begin from, and sign nothing")
	require(c, "type")
	return c
}

var documentTypes = []string{model.TypeEntrySummary, model.TypeCertificateOfOrigin, model.TypeEntryDisposition, model.TypeParticipant}

func runSign(g *shared, args []string, o signOptions) error {
	if !slices.Contains(documentTypes, o.documentType) {
		return usage("--type %s: must be one of %s", o.documentType, strings.Join(documentTypes, ", "))
	}
	if o.sample {
		return printJSON(g.Out, sampleOf(o.documentType))
	}
	if len(args) == 0 || o.key == "" {
		return usage("give FILE and --key, or --sample")
	}
	if !slices.Contains([]string{proof.JCS2022, proof.RDFC2022}, o.suite) {
		return usage("--suite %s: must be %s or %s", o.suite, proof.JCS2022, proof.RDFC2022)
	}
	data, err := g.input(args[0])
	if err != nil {
		return err
	}
	d, err := signDocument(data, o)
	if err != nil {
		return err
	}
	_, err = g.Out.Write(append(d.Bytes, '\n'))
	return err
}

func signDocument(data []byte, o signOptions) (*model.Document, error) {
	signer, err := key.LoadSigner(o.key)
	if err != nil {
		return nil, exit(ExitUsage, err)
	}
	subject, err := model.ParseSubject(o.documentType, data)
	if err != nil {
		return nil, faulty("the subject", err)
	}
	if faults := subject.Check(); len(faults) > 0 {
		return nil, faulty("the subject", faults)
	}
	d, err := model.SignDocument(subject, signer, model.Signing{ValidFrom: model.At(time.Now()), Suite: o.suite})
	if err != nil {
		return nil, faulty("the subject", err)
	}
	return d, nil
}

// faulty is a usage error that lists every fault on a line of its own.
func faulty(what string, err error) error {
	var faults schemas.Faults
	if !errors.As(err, &faults) {
		return exit(ExitUsage, err)
	}
	return exit(ExitUsage, listing(what+" is refused:", faults))
}

// listing has a line for each fault below what they are of.
func listing(head string, faults schemas.Faults) error {
	for _, f := range faults {
		head += "\n  " + f.Error()
	}
	return errors.New(head)
}
