package filing

import (
	"context"
	"crypto"
	"crypto/ecdh"
	"fmt"
	"time"

	"github.com/ftagateway/ftagateway/evidence/client"
	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/trust/capability"
)

// Partner is a party to trade with the means to file: its pairwise key for one ledger, its collection on its own
// evidence server, and, for a filer of entries, its lookup key.
type Partner struct {
	Issuer     crypto.Signer
	Collection *capability.Capability // delegated to Issuer by the evidence server's root key
	Evidence   *client.Client         // not closed here
	Lookup     *ecdh.PrivateKey       // nil for a party that files no entries
	Customs    *ecdh.PublicKey        // CBP's lookup key
}

// Sign makes the document that says subject.
func (p *Partner) Sign(subject model.Subject, at time.Time) (*model.Document, error) {
	if faults := subject.Check(); len(faults) > 0 {
		return nil, faults
	}
	return model.SignDocument(subject, p.Issuer, model.Signing{ValidFrom: model.At(at)})
}

// File puts a document on the partner's evidence server and gives the signed record about it, ready to be submitted.
// What the Filing says of the partner itself is filled in.
func (p *Partner) File(ctx context.Context, d *model.Document, f Filing) (*model.Parsed, error) {
	kept, err := p.Evidence.Put(ctx, p.Collection, p.Issuer, d.Bytes, model.MediaType)
	if err != nil {
		return nil, fmt.Errorf("putting the document on the evidence server: %w", err)
	}
	f.Kept = []model.Evidence{{ID: kept.ID, Digest: kept.Digest, MediaType: kept.MediaType}}
	f.Lookup, f.Customs = p.Lookup, p.Customs
	return f.Record(d, p.Issuer)
}

// Admit delegates a reader the partner's whole collection, until expires: what CBP is handed over. A zero expires is that
// of the collection.
func (p *Partner) Admit(reader string, expires time.Time) (*capability.Capability, error) {
	return Admit(p.Collection, p.Issuer, reader, expires)
}
