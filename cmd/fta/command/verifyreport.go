package command

import (
	"errors"
	"fmt"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/conformance"
	"github.com/ftagateway/ftagateway/conformance/attestation"
	"github.com/ftagateway/ftagateway/conformance/gatewaysuite"
	"github.com/ftagateway/ftagateway/trust/did"
)

// suites are those whose reports can be judged.
func suites() []conformance.Suite {
	return []conformance.Suite{conformance.DriverSuite(), gatewaysuite.Suite()}
}

// report checks a conformance report.
func (o verifyOptions) report(g *shared, file string) error {
	if o.document != "" || o.record != "" || len(o.previous) > 0 || o.proof != "" || o.anchors != "" {
		return usage("%s: must not be given with --document, --record, --previous, --proof or --anchors", file)
	}
	if o.signer != "" {
		if _, err := did.Ed25519(o.signer); err != nil {
			return exit(ExitUsage, fmt.Errorf("--signer: %w", err))
		}
	}
	data, err := g.input(file)
	if err != nil {
		return err
	}
	f, err := attestation.Verify(data, o.signer, suites())
	if err != nil {
		return exit(ExitUsage, fmt.Errorf("%s: %w", file, err))
	}
	return g.sayFinding(f)
}

func (g *shared) sayFinding(f *attestation.Finding) error {
	if err := g.print(f, func() { g.sayReport(f) }); err != nil {
		return err
	}
	switch f.Outcome {
	case driver.Verified:
		return nil
	case driver.Failed:
		return exit(ExitInvalid, errors.New("the report is invalid"))
	}
	return exit(ExitUndetermined, errors.New("the report is undetermined: it is of a kind that is not known here"))
}

func (g *shared) sayReport(f *attestation.Finding) {
	fmt.Fprintf(g.Out, "%-12s conformance report\n", f.Outcome)
	if f.Signer != "" {
		fmt.Fprintf(g.Out, "signed by    %s\nsigned at    %s\n", f.Signer, f.Issued.Format(time.RFC3339))
	}
	fmt.Fprintf(g.Out, "sha-256      %s\n", f.Digest)
	if f.Report != nil {
		g.sayRun(f.Report)
	}
	for _, w := range f.Warnings {
		fmt.Fprintf(g.Out, "warning      %s\n", w)
	}
	for _, fault := range f.Faults {
		fmt.Fprintf(g.Out, "fault        %s\n", fault.Error())
	}
}

// sayRun tells what a report is of, and what came of the run.
func (g *shared) sayRun(r *conformance.Report) {
	fmt.Fprintf(g.Out, "subject      %s\nversions     suite %s %s, protocol %s, model %s\n", r.Subject(), r.Suite.Name, r.Suite.Version, r.Protocol, r.Model)
	if r.Mapping != (conformance.MappingID{}) {
		fmt.Fprintf(g.Out, "mapping      %s\n", r.Mapping)
	}
	fmt.Fprintf(g.Out, "result       %d passed, %d failed, %d not offered (levels %v)\n", r.Summary.Pass, r.Summary.Fail, r.Summary.NotOffered, r.Levels)
}
