package demo

import (
	"context"
	"time"

	"github.com/ftagateway/ftagateway/filing"
	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/model/lifecycle"
	"github.com/ftagateway/ftagateway/model/sample"
)

// The names of what is filed, as the tour and demo.json have them.
const (
	usmcaCertificate = "usmca-certificate"
	usmcaEntry       = "usmca-entry"
	usmcaCorrected   = "usmca-entry-corrected"
	usmcaSecond      = "usmca-entry-second"
	naftaCertificate = "nafta-certificate"
	naftaEntry       = "nafta-entry"
	caftaCertificate = "cafta-dr-certificate"
	caftaEntry       = "cafta-dr-entry"
	rejectedEntry    = "rejected-entry"
	ownCertificate   = "ethereum-certificate"
	ownEntry         = "ethereum-entry"
)

// file files the data set, or what a run that was killed has not filed of it.
func (d *Demo) file(ctx context.Context) error {
	who, err := d.filers(ctx)
	if err != nil {
		return err
	}
	defer who[importer].gateway.Close()
	s := &story{d, who}
	var chapters []func(context.Context) error
	if !d.state.Done {
		chapters = append(chapters, s.usmca, s.nafta, s.caftaDR, s.rejected)
	}
	if s.state.Records[ownEntry+"-accepted"] == "" { // a folder of an earlier version has no such chapter
		chapters = append(chapters, s.ownChain)
	}
	if d.fabric != nil { // which may be for the first time in a folder whose other chapters are done
		chapters = append(chapters, s.overFabric)
	}
	for _, tell := range chapters {
		if err := tell(ctx); err != nil {
			return err
		}
	}
	return nil
}

// story files one chapter an agreement.
type story struct {
	*Demo
	who map[string]*filer
}

// usmca: one certificate for many lines and for two entries. The first entry is accepted, corrected and accepted again,
// and the dishonest node takes the correction back; of the second it alters the record.
func (s *story) usmca(ctx context.Context) error {
	by := days(time.Now())
	certificate, err := s.who[producer].file(ctx, "trade", usmcaCertificate, recentCertificate(sample.Certificate(model.USMCA), by), filing.Filing{})
	if err != nil {
		return err
	}
	entry, err := s.who[importer].file(ctx, "trade", usmcaEntry, recent(sample.Summary(model.USMCA, certificate.pin()), by), filing.Filing{})
	if err != nil {
		return err
	}
	if err := s.decide(ctx, usmcaEntry+"-accepted", entry, lifecycle.Accept, ""); err != nil {
		return err
	}
	corrected := recent(sample.Summary(model.USMCA, certificate.pin()), by)
	corrected.Remarks = "Corrected: the carrier's bill of lading was completed."
	next, err := s.who[importer].file(ctx, "trade", usmcaCorrected, corrected,
		filing.Filing{Previous: entry.record, Event: lifecycle.Correct})
	if err != nil {
		return err
	}
	if err := s.decide(ctx, usmcaEntry+"-accepted-again", next, lifecycle.Accept, ""); err != nil {
		return err
	}
	second, err := s.who[importer].file(ctx, "trade", usmcaSecond, recent(sample.SecondSummary(certificate.pin()), by), filing.Filing{})
	if err != nil {
		return err
	}
	return s.lieAbout(entry.record, second.record)
}

// nafta: an entry of the days of NAFTA, whose certificate's document is altered on the exporter's evidence server.
func (s *story) nafta(ctx context.Context) error {
	certificate, err := s.who[exporter].file(ctx, "trade", naftaCertificate, sample.Certificate(model.NAFTA), filing.Filing{})
	if err != nil {
		return err
	}
	entry, err := s.who[importer].file(ctx, "trade", naftaEntry, sample.Summary(model.NAFTA, certificate.pin()), filing.Filing{})
	if err != nil {
		return err
	}
	return s.decide(ctx, naftaEntry+"-accepted", entry, lifecycle.Accept, "")
}

// caftaDR: the entry is filed before its certificate is recorded, under the id that is reserved for it.
func (s *story) caftaDR(ctx context.Context) error {
	reserved, err := s.state.reserve(caftaCertificate)
	if err != nil {
		return err
	}
	entry, err := s.who[broker].file(ctx, "trade", caftaEntry,
		sample.Awaiting(model.CAFTADR, model.CertificateExpected{ID: reserved}), filing.Filing{})
	if err != nil {
		return err
	}
	if _, err := s.who[broker].file(ctx, "trade", caftaCertificate, sample.Certificate(model.CAFTADR), filing.Filing{ID: reserved}); err != nil {
		return err
	}
	return s.decide(ctx, caftaEntry+"-accepted", entry, lifecycle.Accept, "")
}

// rejected: CBP rejects an entry for its special program indicator, and says why.
func (s *story) rejected(ctx context.Context) error {
	reserved, err := s.state.reserve(rejectedEntry + "-certificate")
	if err != nil {
		return err
	}
	summary := sample.Awaiting(model.CAFTADR, model.CertificateExpected{ID: reserved})
	summary.EntryNumber = sample.EntryRejected
	entry, err := s.who[broker].file(ctx, "trade", rejectedEntry, summary, filing.Filing{})
	if err != nil {
		return err
	}
	return s.decide(ctx, rejectedEntry+"-decision", entry, lifecycle.Reject,
		"The certificate that line 1 expects has not been recorded.", "004", model.ReasonOther)
}

// ownChain: an exporter's certificate stands on the exporter's own chain, on Ethereum, and covers an entry on the partners' ledger.
func (s *story) ownChain(ctx context.Context) error {
	by := days(time.Now())
	certificate, err := s.who[exporter].fileOnOwnChain(ctx, ownCertificate, recentCertificate(sample.TimberCertificate(), by))
	if err != nil {
		return err
	}
	entry, err := s.who[importer].file(ctx, "trade", ownEntry, recent(sample.TimberSummary(certificate.pin()), by), filing.Filing{})
	if err != nil {
		return err
	}
	return s.decide(ctx, ownEntry+"-accepted", entry, lifecycle.Accept, "")
}

// decide files CBP's decision about an entry on CBP's own ledger.
func (s *story) decide(ctx context.Context, name string, entry *filed, action lifecycle.Event, remarks string, reasons ...string) error {
	_, err := s.who[customs].file(ctx, "cbp", name, &model.EntryDisposition{
		Entry: entry.pin(), Action: string(action), ReasonCodes: reasons, Remarks: remarks, DecidedOn: model.DateOf(time.Now()),
	}, filing.Filing{})
	return err
}
