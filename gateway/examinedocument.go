package gateway

import (
	"context"
	"errors"

	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/schemas"
	"github.com/ftagateway/ftagateway/trust/proof"
)

const proofPurpose = "assertionMethod"

// proofFault says that a signature is wrong, or of a kind that cannot be checked here.
func proofFault(err error) schemas.Faults {
	rule := "must be a right proof by the issuer over exactly these bytes"
	if errors.Is(err, proof.ErrUnsupported) {
		rule = "must be of a suite that is known here"
	}
	return schemas.Faults{schemas.NewFault("/proof", nil, rule, "W3C Data Integrity EdDSA Cryptosuites 1.0")}
}

// takeDocument holds the document against its record and against all rules beyond its schema.
func (x *examination) takeDocument(ctx context.Context, s Submission) error {
	if s.MediaType != "" && s.MediaType != model.MediaType {
		return badInput(schemas.Faults{schemas.NewFault("/mediaType", s.MediaType, "must be "+model.MediaType, "W3C VC Data Model 2.0 section C.2")})
	}
	if len(s.Document) == 0 {
		x.unchecked = append(x.unchecked, "the document was not submitted: its digest, proof and rules")
		return nil
	}
	d, err := model.ParseDocument(s.Document)
	if err != nil {
		return badInput(under("/document", err))
	}
	if faults := x.wrongWith(ctx, d); len(faults) > 0 {
		return badInput(faults)
	}
	x.document = d
	return nil
}

// wrongWith lists everything that is wrong with a document that keeps its schema.
func (x *examination) wrongWith(ctx context.Context, d *model.Document) schemas.Faults {
	faults := x.matches(d, x.record)
	if _, err := proof.Verify(d.Object, proofPurpose); err != nil {
		faults.Append(within("/document", proofFault(err)))
	}
	faults.Append(within("/document", d.Check()))
	if s, ok := d.Subject.(*model.EntrySummary); ok {
		faults.Append(within("/document", x.summary(ctx, s)))
	}
	return faults
}

const pairing = "FTA record"

// matches holds a document against the record about it. Pointers are within the record, but for the document's own
// issuer: one party may sign a document with one key and the record with its pairwise key for the ledger.
func (g *Gateway) matches(d *model.Document, r *model.Parsed) schemas.Faults {
	fs := within("/record", model.CheckRecord(&r.Record, d))
	if !g.sameParty(d.Issuer, r.Issuer) {
		fs.Add("/document/issuer", d.Issuer, "must be a key of the record's issuer, "+r.Issuer, pairing)
	}
	return fs
}

// sameParty reports whether two keys are one party's. A party has a key for each ledger, and changes them.
func (g *Gateway) sameParty(a, b string) bool {
	if a == b {
		return true
	}
	pa, knownA := g.Participants.ByKey(a)
	pb, knownB := g.Participants.ByKey(b)
	return knownA && knownB && (pa == pb || pa.Party.Same(&pb.Party))
}

// summary holds each line against its certificate, as far as the certificate's document can be fetched, and the record's
// lookups against the entry number.
func (x *examination) summary(ctx context.Context, s *model.EntrySummary) schemas.Faults {
	fs := x.findable(s)
	f := x.newFile(x.record.ID, Options{Documents: true})
	certificates := map[string]*model.CertificateOfOrigin{}
	for _, l := range x.record.Links {
		if l.Rel != model.RelCertificate {
			continue
		}
		w := wanted{id: l.ID, rel: l.Rel, from: x.speaking(l.Ledger), pin: &l}
		chosen, _ := x.best(f.shown(w, f.fetch(ctx, w)))
		if c, ok := subject[*model.CertificateOfOrigin](chosen); ok {
			certificates[l.ID] = c
			continue
		}
		x.unchecked = append(x.unchecked, "certificate "+l.ID+" could not be fetched: whether it covers its lines")
	}
	for i := range s.Lines {
		if c := certificates[certificateOf(&s.Lines[i])]; c != nil {
			fs = append(fs, within("/credentialSubject", model.Covers(c, s, &s.Lines[i]))...)
		}
	}
	return fs
}

// findable checks that CBP will find the record by its entry number. Only CBP's gateway can tell.
func (x *examination) findable(s *model.EntrySummary) schemas.Faults {
	keys, unknown := x.lookupKeys(s.FilerCode)
	if unknown != nil {
		x.unchecked = append(x.unchecked, "no lookup key is known here: whether CBP finds the entry by its number")
		return nil //nolint:nilerr // noted as unchecked, which is not a fault
	}
	for _, k := range keys {
		commitment, err := k.Entry(x.record.Ledger, s.EntryNumber)
		for _, have := range x.record.Lookups {
			if err == nil && have == commitment {
				return nil
			}
		}
	}
	return schemas.Faults{schemas.NewFault("", nil,
		"the record's /lookups must hold the keyed commitment to the entry number for this ledger and a year of retention", pairing)}
}
