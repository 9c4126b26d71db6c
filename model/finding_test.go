package model_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/model/lifecycle"
	"github.com/ftagateway/ftagateway/model/sample"
)

func TestFindingsAboutALine(t *testing.T) {
	certificate := ld.Sum([]byte("certificate"))
	for _, c := range []struct {
		name   string
		change func(*model.Line, *model.Linked)
		today  string
		want   []string
	}{
		{"nothing to weigh", func(*model.Line, *model.Linked) {}, "2026-11-20", nil},
		{"signed on the date of entry", func(_ *model.Line, f *model.Linked) { f.Certificate.SignedOn = model.MustDate("2026-11-09") }, "2026-11-20", nil},
		{"signed a day later", func(_ *model.Line, f *model.Linked) { f.Certificate.SignedOn = model.MustDate("2026-11-10") }, "2026-11-20",
			[]string{"certificate-signed-after-claim /lines/0/spi warning"}},
		{"superseded", func(_ *model.Line, f *model.Linked) { f.Newest = 3 }, "2026-11-20",
			[]string{"link-superseded /lines/0/certificate warning"}},
		{"expected and as expected", func(l *model.Line, _ *model.Linked) { expect(l, &certificate) }, "2026-11-20", nil},
		{"expected without digest", func(l *model.Line, _ *model.Linked) { expect(l, nil) }, "2026-11-20", nil},
		{"expected, another came", func(l *model.Line, f *model.Linked) { expect(l, &certificate); f.Digest = ld.Sum(nil) }, "2026-11-20",
			[]string{"certificate-digest-not-expected /lines/0/certificateExpected warning"}},
		{"expected and awaited", func(l *model.Line, f *model.Linked) { expect(l, &certificate); *f = model.Linked{} }, "2026-11-20",
			[]string{"certificate-awaited /lines/0/certificateExpected info"}},
		{"31 days before it lapses", func(*model.Line, *model.Linked) {}, "2026-12-01", nil},
		{"30 days before it lapses", func(*model.Line, *model.Linked) {}, "2026-12-02", []string{"certificate-lapses /lines/0/certificate info"}},
		{"its last day", func(*model.Line, *model.Linked) {}, "2026-12-31", []string{"certificate-lapses /lines/0/certificate info"}},
		{"lapsed", func(*model.Line, *model.Linked) {}, "2027-01-01", []string{"certificate-lapsed /lines/0/certificate info"}},
		{"no claim", func(l *model.Line, _ *model.Linked) { l.SPI = "" }, "2026-11-20",
			[]string{"certificate-without-claim /lines/0/certificate info"}},
		{"document not at hand", func(_ *model.Line, f *model.Linked) { f.Certificate = nil }, "2027-01-01", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			sum := sample.Summary(model.USMCA, pin("certificate"))
			found := model.Linked{Certificate: sample.Certificate(model.USMCA), Digest: certificate, Version: 1, Newest: 1}
			c.change(&sum.Lines[0], &found)
			var got []string
			for _, f := range model.Findings(sum, &sum.Lines[0], found, model.MustDate(c.today)) {
				got = append(got, fmt.Sprintf("%s %s %s", f.Code, f.Pointer, f.Severity))
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("%v, want %v", got, c.want)
			}
		})
	}
}

func expect(l *model.Line, digest *ld.Digest) {
	l.Certificate, l.CertificateExpected = nil, &model.CertificateExpected{ID: model.NewID(), Digest: digest}
}

// Findings are for a person to weigh: the certificate that was signed late covers the line all the same.
func TestFindingsAreNoFaults(t *testing.T) {
	cert, sum := sample.Certificate(model.USMCA), sample.Summary(model.USMCA, pin("certificate"))
	cert.SignedOn = model.MustDate("2026-12-24")
	findings := model.Findings(sum, &sum.Lines[1], model.Linked{Certificate: cert, Version: 1, Newest: 1}, sum.SummaryDate)
	if len(findings) != 1 || findings[0].Severity != lifecycle.Warning || findings[0].Pointer != "/lines/1/spi" {
		t.Errorf("findings %+v", findings)
	}
	holds(t, model.Covers(cert, sum, &sum.Lines[1]))
	holds(t, sum.Check())
}
