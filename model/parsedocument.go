package model

import (
	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/schemas"
)

// ParseDocument reads a signed document from foreign bytes: strictly, and under its schema. The error is a
// schemas.Faults with everything that was found; where the schema is broken, the rules beyond it are held against the
// part that is sound, so that one answer names both. A document that keeps its schema is given even if it breaks other
// rules, so that it can be shown: ask Check. The proof's arithmetic is proof.Verify's, over Document.Object.
func ParseDocument(data []byte) (*Document, error) {
	obj, err := ld.Parse(data, DocumentLimits)
	if err != nil {
		return nil, asFaults(err)
	}
	subject, ok := NewSubject(typeOf(obj))
	if !ok {
		return nil, schemas.Faults{schemas.NewFault("/type", obj["type"], `must be "VerifiableCredential" and a type of document: `+
			"CertificateOfOrigin, EntryDisposition, EntrySummary or Participant", "W3C VC Data Model 2.0 section 4.5")}
	}
	return parseAs(subject, obj)
}

func parseAs(subject Subject, obj ld.Object) (*Document, error) {
	e := envelope{Subject: subject}
	canonical, faults := decode(obj, subject.DocumentType(), &e)
	faults.Append(proofKey(e.Issuer, e.Proof))
	d := &Document{ID: e.ID, Type: subject.DocumentType(), Issuer: e.Issuer, ValidFrom: e.ValidFrom, Salt: e.Salt,
		Subject: subject, Proof: e.Proof, Object: obj, Bytes: canonical, Digest: ld.Sum(canonical)}
	if len(faults) > 0 {
		faults.Append(d.Check())
		return nil, faults
	}
	return d, nil
}

// typeOf gives the second of a document's types, the first being that of every credential.
func typeOf(obj ld.Object) string {
	types, _ := obj["type"].([]any)
	if len(types) != 2 {
		return ""
	}
	name, _ := types[1].(string)
	return name
}

// ParseSubject reads the subject of a document that is still to be signed, strictly and under its part of the schema.
func ParseSubject(documentType string, data []byte) (Subject, error) {
	subject, ok := NewSubject(documentType)
	if !ok {
		return nil, schemas.Faults{schemas.NewFault("", documentType, "must be a type of document", "")}
	}
	obj, err := ld.Parse(data, DocumentLimits)
	if err != nil {
		return nil, asFaults(err)
	}
	if _, faults := decode(obj, schemas.Subject(documentType), subject); len(faults) > 0 {
		faults.Append(subject.Check())
		return nil, faults
	}
	return subject, nil
}
