package main

import (
	"crypto"
	"crypto/ecdh"
	"errors"
	"os"
	"path/filepath"
	"time"

	"github.com/ftagateway/ftagateway/filing"
	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/model/sample"
	"github.com/ftagateway/ftagateway/trust/key"
)

// cast is who takes part. Documents lie on no evidence server: what is soaked is the ledgers.
type cast struct {
	vouches, importer, exporter, transport crypto.Signer
	filers, customs                        *ecdh.PrivateKey // for finding entries
}

func newCast() (*cast, error) {
	c := &cast{}
	var all []error
	for _, into := range []*crypto.Signer{&c.vouches, &c.importer, &c.exporter, &c.transport} {
		k, err := key.NewSigner()
		*into, all = k, append(all, err)
	}
	for _, into := range []**ecdh.PrivateKey{&c.filers, &c.customs} {
		k, err := key.NewLookup()
		*into, all = k, append(all, err)
	}
	return c, errors.Join(all...)
}

// write puts the keys of the gateway and the documents that say who is who where its configuration looks for them.
func (c *cast) write(dir string) error {
	people := filepath.Join(dir, "participants")
	return errors.Join(
		os.MkdirAll(people, 0o700),
		key.SaveSigner(filepath.Join(dir, "transport.pem"), c.transport),
		key.SaveLookup(filepath.Join(dir, "lookup.pem"), c.customs),
		c.vouch(filepath.Join(people, "importer.json"), sample.Importer(), c.importer, c.filers,
			model.ParticipantRole{Role: model.RoleImporter, FilerCode: sample.FilerABC}),
		c.vouch(filepath.Join(people, "exporter.json"), sample.MexicanProducer(), c.exporter, nil, model.ParticipantRole{Role: model.RoleProducer}),
	)
}

func (c *cast) vouch(file string, is model.Party, signs crypto.Signer, finds *ecdh.PrivateKey, role model.ParticipantRole) error {
	p, from := &filing.Partner{Issuer: signs, Lookup: finds}, time.Now().Add(-time.Hour)
	subject, err := p.Participant(is, from, time.Now().Add(30*24*time.Hour), role)
	if err != nil {
		return err
	}
	d, err := model.SignDocument(subject, c.vouches, model.Signing{ValidFrom: model.At(from)})
	if err != nil {
		return err
	}
	return os.WriteFile(file, d.Bytes, 0o600)
}

// made is a signed document with the record about it.
type made struct {
	document *model.Document
	record   *model.Parsed
}

func (m made) pin() model.Pin {
	return model.Pin{ID: m.record.ID, Ledger: m.record.Ledger, Version: m.record.Version, Digest: m.document.Digest}
}

func (c *cast) certificate(ledger string) (made, error) {
	return c.make(c.exporter, ledger, sample.Certificate(model.USMCA))
}

// entry makes an entry summary that claims preference under a certificate.
func (c *cast) entry(ledger string, under made) (made, error) {
	return c.make(c.importer, ledger, sample.Summary(model.USMCA, under.pin()))
}

func (c *cast) make(who crypto.Signer, ledger string, subject model.Subject) (m made, err error) {
	now := time.Now()
	p := &filing.Partner{Issuer: who}
	if m.document, err = p.Sign(subject, now); err != nil {
		return m, err
	}
	f := filing.Filing{Ledger: ledger, At: now, Lookup: c.filers, Customs: c.customs.PublicKey(),
		Kept: []model.Evidence{{ID: model.NewID(), Digest: m.document.Digest, MediaType: model.MediaType}}}
	m.record, err = f.Record(m.document, who)
	return m, err
}
