package scene

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/ftagateway/ftagateway/adapters"
	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/filing"
	"github.com/ftagateway/ftagateway/gateway"
	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/model/lifecycle"
	"github.com/ftagateway/ftagateway/model/sample"
)

// Filed is a document that stands on a ledger.
type Filed struct {
	Document *model.Document
	Record   *model.Parsed
}

func (f Filed) pin() model.Pin {
	return model.Pin{ID: f.Record.ID, Ledger: f.Record.Ledger, Version: f.Record.Version, Digest: f.Document.Digest}
}

// fileEntry files a certificate, an entry that claims preference under it, and CBP's decision.
func (s *Scene) fileEntry(ctx context.Context) (err error) {
	if s.Certificate, err = s.file(ctx, s.Origin, s.cast.producer, sample.Certificate(model.USMCA)); err != nil {
		return err
	}
	if s.Entry, err = s.file(ctx, s.Trade, s.cast.importer, sample.Summary(model.USMCA, s.Certificate.pin())); err != nil {
		return err
	}
	if s.Decision, err = s.file(ctx, s.Customs, s.cast.customs, sample.Disposition(string(lifecycle.Accept), s.Entry.pin())); err != nil {
		return err
	}
	s.Plain, err = s.start(ctx, func(string) (http.Handler, error) {
		return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", model.MediaType)
			_, _ = w.Write(s.Entry.Document.Bytes)
		}), nil
	})
	return err
}

// file signs a document, puts it on the evidence server and submits its record through the gateway.
func (s *Scene) file(ctx context.Context, on *Chain, p *filing.Partner, subject model.Subject) (f Filed, err error) {
	ledger, err := on.URI(ctx)
	if err != nil {
		return f, err
	}
	if f.Document, err = p.Sign(subject, time.Now()); err != nil {
		return f, err
	}
	if f.Record, err = p.File(ctx, f.Document, filing.Filing{Ledger: ledger, At: time.Now()}); err != nil {
		return f, err
	}
	receipt, err := s.Gateway.Submit(ctx, on.Slug(), gateway.Submission{
		Record: json.RawMessage(f.Record.Bytes), Document: json.RawMessage(f.Document.Bytes),
	})
	if err == nil && receipt.State != driver.Finally {
		err = fmt.Errorf("%s: the submission is %s, %s", subject.DocumentType(), receipt.State, receipt.Reason)
	}
	return f, err
}

// fileRecords files records of one document, each with an id of its own, past the gateway.
func (s *Scene) fileRecords(ctx context.Context, n int) (err error) {
	if s.like, err = s.file(ctx, s.Trade, s.cast.importer, sample.SecondSummary(s.Certificate.pin())); err != nil {
		return err
	}
	s.Records, err = s.FileOn(ctx, s.Trade.Ledger, n)
	return err
}

// FileOn files that many records of one document on a ledger, each with an id of its own, and gives the ids.
func (s *Scene) FileOn(ctx context.Context, l *adapters.Ledger, n int) ([]string, error) {
	uri, err := l.URI(ctx)
	if err != nil {
		return nil, err
	}
	ids := make([]string, n)
	doers, ctx := errgroup.WithContext(ctx)
	doers.SetLimit(64)
	for i := range ids {
		doers.Go(func() (err error) {
			ids[i], err = s.another(ctx, l, uri)
			return err
		})
	}
	return ids, doers.Wait()
}

func (s *Scene) another(ctx context.Context, on *adapters.Ledger, uri string) (id string, err error) {
	p := s.cast.importer
	record, err := filing.Filing{
		Ledger: uri, Kept: s.like.Record.Evidence, Lookup: p.Lookup, Customs: p.Customs, At: time.Now(),
	}.Record(s.like.Document, p.Issuer)
	if err != nil {
		return "", err
	}
	receipt, err := on.Submit(ctx, record, "")
	if err == nil && receipt.State != driver.Finally {
		err = fmt.Errorf("a record is %s: %s", receipt.State, receipt.Reason)
	}
	return record.ID, err
}
