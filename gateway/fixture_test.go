package gateway_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/filing"
	"github.com/ftagateway/ftagateway/gateway"
	"github.com/ftagateway/ftagateway/gateway/gatewaytest"
	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/model/sample"
	"github.com/ftagateway/ftagateway/trust"
)

var withDocuments = gateway.Options{Documents: true}

// filed is a world with a certificate and an entry that claims preference under it.
func filed(t *testing.T) (*gatewaytest.World, gatewaytest.Filed, gatewaytest.Filed) {
	w := gatewaytest.New(t, gatewaytest.Options{})
	certificate, entry := fileIn(w)
	return w, certificate, entry
}

func fileIn(w *gatewaytest.World) (certificate, entry gatewaytest.Filed) {
	certificate = w.File(w.Exporter, "trade", sample.Certificate(model.USMCA), filing.Filing{})
	entry = w.File(w.Importer, "trade", sample.Summary(model.USMCA, certificate.Pin()), filing.Filing{})
	return certificate, entry
}

// unclaimed is an entry without a claim for preference, and so without a certificate.
func unclaimed() *model.EntrySummary {
	s := sample.Awaiting(model.USMCA, model.CertificateExpected{ID: model.NewID()})
	for i := range s.Lines {
		s.Lines[i].SPI, s.Lines[i].CertificateExpected = "", nil
	}
	return s
}

// bent is a world whose trade ledger is reached through a driver that can be bent.
func bent(t *testing.T, o gatewaytest.Options) (*gatewaytest.World, *gatewaytest.Bent) {
	b := &gatewaytest.Bent{}
	o.Wrap = func(slug string, chain driver.Ledger) driver.Ledger {
		if slug != "trade" {
			return chain
		}
		b.Ledger = chain
		return b
	}
	return gatewaytest.New(t, o), b
}

// open assembles an entry file that must be had.
func open(t *testing.T, w *gatewaytest.World, id string, o gateway.Options) *gateway.EntryFile {
	t.Helper()
	file, err := w.Gateway.Entry(w.Context(), id, o)
	if err != nil {
		t.Fatal(err)
	}
	return file
}

func wantOutcome(t *testing.T, file *gateway.EntryFile, want trust.Outcome, status string) {
	t.Helper()
	if file.Outcome != want || file.Status != status {
		t.Errorf("outcome %s, status %q, want %s, %q: %v", file.Outcome, file.Status, want, status, file.Reasons)
	}
	if (want == trust.Valid) != (len(file.Reasons) == 0) {
		t.Errorf("%s for reasons %v", file.Outcome, file.Reasons)
	}
}

// line is a line check of a verdict.
func lineOf(v trust.Verdict, name string) trust.Check {
	i := slices.IndexFunc(v.Checks, func(c trust.Check) bool { return c.Name == name })
	if i < 0 {
		return trust.Check{Name: name, Outcome: "missing"}
	}
	return v.Checks[i]
}

// problemOf is the Problem that an error is; the test ends if it is none, or of another code.
func problemOf(t *testing.T, err error, want gateway.Code) *gateway.Problem {
	t.Helper()
	var p *gateway.Problem
	if !errors.As(err, &p) || p.Code != want {
		t.Fatalf("error %v, want a problem %s", err, want)
	}
	return p
}

func codes(findings []model.Finding) []string {
	all := make([]string, len(findings))
	for i, f := range findings {
		all[i] = f.Code
	}
	return all
}

func wantFinding(t *testing.T, findings []model.Finding, code string) {
	t.Helper()
	if !slices.Contains(codes(findings), code) {
		t.Errorf("findings %v, want %s among them", codes(findings), code)
	}
}
