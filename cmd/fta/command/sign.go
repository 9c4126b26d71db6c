package command

import (
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/schemas"
	"github.com/ftagateway/ftagateway/trust/key"
	"github.com/ftagateway/ftagateway/trust/proof"
)

func sign(g *shared) *cobra.Command {
	var keyFile, documentType, suite string
	c := &cobra.Command{
		Use:   "sign FILE",
		Short: "Sign what a document says, as a verifiable credential",
		Long: `Reads the subject of a document (FILE, or - for standard input), holds it against its schema and against every
rule that needs nothing but the document, and prints the signed document: with a random id, a secret salt and a Data
Integrity proof by the key. The document belongs on your own evidence server, never on a ledger: see fta submit.`,
		Example: `  fta sign --key filer.pem --type EntrySummary summary.json > summary.signed.json
  fta sign --key exporter.pem --type CertificateOfOrigin - < certificate.json`,
		Args: cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			data, err := g.input(args[0])
			if err != nil {
				return err
			}
			d, err := signDocument(data, documentType, keyFile, suite)
			if err != nil {
				return err
			}
			_, err = g.Out.Write(append(d.Bytes, '\n'))
			return err
		},
	}
	c.Flags().StringVar(&keyFile, "key", "", "the issuer's key (PEM)")
	c.Flags().StringVar(&documentType, "type", "", "EntrySummary, CertificateOfOrigin, EntryDisposition or Participant")
	c.Flags().StringVar(&suite, "suite", proof.JCS2022, "cryptosuite: "+proof.JCS2022+" or "+proof.RDFC2022)
	_ = c.MarkFlagRequired("key")
	_ = c.MarkFlagRequired("type")
	return c
}

func signDocument(data []byte, documentType, keyFile, suite string) (*model.Document, error) {
	signer, err := key.LoadSigner(keyFile)
	if err != nil {
		return nil, exit(ExitUsage, err)
	}
	subject, err := model.ParseSubject(documentType, data)
	if err != nil {
		return nil, faulty("the subject", err)
	}
	if faults := subject.Check(); len(faults) > 0 {
		return nil, faulty("the subject", faults)
	}
	d, err := model.SignDocument(subject, signer, model.Signing{ValidFrom: model.At(time.Now()), Suite: suite})
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
	text := what + " is refused:"
	for _, f := range faults {
		text += "\n  " + f.Error()
	}
	return exit(ExitUsage, fmt.Errorf("%s", text))
}
