package demo

import (
	"context"
	"crypto"
	"errors"
	"fmt"
	"net/http"
	"net/netip"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/api/client"
	"github.com/ftagateway/ftagateway/evidence"
	evidenceclient "github.com/ftagateway/ftagateway/evidence/client"
	"github.com/ftagateway/ftagateway/filing"
	"github.com/ftagateway/ftagateway/gateway"
	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/trust/key"
)

// filer files what one party signs, as that party would: the document to its own evidence server, the record to the
// ledger through a gateway.
type filer struct {
	*Demo
	partner *filing.Partner
	gateway *client.Client
}

// filers gives every party the means to file, and hands CBP the key to each one's evidence.
func (d *Demo) filers(ctx context.Context) (map[string]*filer, error) {
	g, err := client.New("http://" + d.state.Addresses["gateway"])
	if err != nil {
		return nil, err
	}
	all := map[string]*filer{}
	for name, p := range d.cast.parties {
		partner, err := d.partner(p)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		all[name] = &filer{d, partner, g}
		if err := all[name].admit(ctx, d.cast.capability); err != nil {
			return nil, fmt.Errorf("%s hands CBP the key to its evidence: %w", name, err)
		}
	}
	return all, d.state.save()
}

// year is how long the demonstration's capabilities last.
const year = 365 * 24 * time.Hour

func (d *Demo) partner(p *party) (*filing.Partner, error) {
	if d.state.Collections[p.name] == "" {
		d.state.Collections[p.name] = evidence.NewCollection()
	}
	base := "http://" + d.state.Addresses["evidence-"+p.name]
	collection, err := filing.Collect(p.root, base, d.state.Collections[p.name], p.signer, time.Now().Add(year))
	if err != nil {
		return nil, err
	}
	uploads, err := evidenceclient.New(evidenceclient.Config{AllowPrivate: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}})
	if err != nil {
		return nil, err
	}
	return &filing.Partner{
		Issuer: p.signer, Collection: collection, Evidence: uploads, Lookup: p.lookup, Customs: d.cast.lookup.PublicKey(),
	}, nil
}

// admit delegates the party's collection to CBP's capability key, and hands that over.
func (f *filer) admit(ctx context.Context, reader crypto.Signer) error {
	id, err := key.DID(reader)
	if err != nil {
		return err
	}
	c, err := f.partner.Admit(id, time.Now().Add(year-time.Hour))
	if err != nil {
		return err
	}
	return f.gateway.Post(ctx, "/v1/capabilities", c.Object(), nil)
}

// file signs a document, keeps it, and submits its record under the name that the demonstration has for it; what an
// earlier run has done of that already is not done again.
func (f *filer) file(ctx context.Context, ledger, name string, subject model.Subject, as filing.Filing) (*filed, error) {
	out, err := f.signed(ctx, ledger, name, subject, as)
	if err == nil && f.state.Records[name] == "" {
		err = f.submit(ctx, ledger, name, out)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return out, nil
}

// signed is the document and its record, kept before they are sent.
func (f *filer) signed(ctx context.Context, ledger, name string, subject model.Subject, as filing.Filing) (*filed, error) {
	if out, err := f.kept(name); out != nil || err != nil {
		return out, err
	}
	uri, err := f.uri(ctx, ledger)
	if err != nil {
		return nil, err
	}
	as.Ledger, as.At = uri, time.Now()
	document, err := f.partner.Sign(subject, as.At)
	if err != nil {
		return nil, err
	}
	record, err := f.partner.File(ctx, document, as)
	if err != nil {
		return nil, err
	}
	out := &filed{document, record}
	return out, f.keep(name, out)
}

func (f *filer) submit(ctx context.Context, ledger, name string, out *filed) error {
	question := gateway.Submission{Record: out.record.Bytes, Document: out.document.Bytes}
	var receipt gateway.SubmissionReceipt
	if err := f.gateway.Post(ctx, "/v1/ledgers/"+ledger+"/records", question, &receipt); err != nil {
		return err
	}
	if receipt.State != driver.Finally {
		return fmt.Errorf("the ledger answered %s %s", receipt.State, receipt.Reason)
	}
	f.state.Records[name] = out.record.ID
	return f.state.save()
}

// uri asks the gateway what chain a ledger is.
func (f *filer) uri(ctx context.Context, ledger string) (string, error) {
	var state gateway.LedgerState
	if err := f.gateway.Get(ctx, "/v1/ledgers/"+ledger, &state); err != nil {
		return "", err
	}
	if state.URI == "" {
		return "", errors.New("ledger " + ledger + " cannot be asked: " + http.StatusText(http.StatusServiceUnavailable))
	}
	return state.URI, nil
}
