package demo

import (
	"context"
	"crypto"
	"crypto/ecdh"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/ftagateway/ftagateway/cmd/fta/serving"
	"github.com/ftagateway/ftagateway/filing"
	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/model/sample"
	"github.com/ftagateway/ftagateway/trust/key"
)

// cast is who takes part, with the keys that each would keep at home.
type cast struct {
	issuer     crypto.Signer // vouches for who is who
	capability crypto.Signer // CBP's, to be handed evidence
	lookup     *ecdh.PrivateKey
	transport  crypto.Signer // signs operations of the gateway
	parties    map[string]*party
}

// party is somebody who signs documents.
type party struct {
	name   string
	is     model.Party
	roles  []model.ParticipantRole
	signer crypto.Signer
	root   crypto.Signer    // of its evidence server
	lookup *ecdh.PrivateKey // nil for a party that files no entries
}

// The parties by name. An importer files for itself, a broker for others.
const (
	importer = "importer"
	broker   = "broker"
	producer = "producer"
	exporter = "exporter"
	customs  = "customs"
)

func parts() []party {
	return []party{
		{name: importer, is: sample.Importer(), roles: []model.ParticipantRole{{Role: model.RoleImporter, FilerCode: sample.FilerABC}}},
		{name: broker, is: sample.Retailer(), roles: []model.ParticipantRole{{Role: model.RoleImporter, FilerCode: sample.FilerXQ9}}},
		{name: producer, is: sample.MexicanProducer(), roles: []model.ParticipantRole{{Role: model.RoleProducer}, {Role: model.RoleExporter}}},
		{name: exporter, is: sample.CanadianExporter(), roles: []model.ParticipantRole{{Role: model.RoleExporter}}},
		{name: customs, is: model.Party{Name: "US Customs and Border Protection"}, roles: []model.ParticipantRole{{Role: model.RoleCBP}}},
	}
}

// casting makes the keys that are missing, loads the others, and issues the participant documents.
func (d *Demo) casting(context.Context) error {
	if err := errors.Join(os.MkdirAll(d.path("keys"), 0o700), os.MkdirAll(d.path("participants"), 0o700)); err != nil {
		return err
	}
	c := &cast{parties: map[string]*party{}}
	err := errors.Join(
		d.signer("participant-issuer", &c.issuer), d.signer("cbp-capability", &c.capability),
		d.signer("cbp-transport", &c.transport), d.lookupKey("cbp-lookup", &c.lookup),
	)
	for _, p := range parts() {
		c.parties[p.name] = &p
		err = errors.Join(err, d.signer(p.name, &p.signer), d.signer(p.name+"-evidence-root", &p.root))
		if p.roles[0].FilerCode != "" {
			err = errors.Join(err, d.lookupKey(p.name+"-lookup", &p.lookup))
		}
	}
	if err != nil {
		return err
	}
	d.cast = c
	return d.participants()
}

// participants issues the documents that bind keys to parties, each once.
func (d *Demo) participants() error {
	for _, p := range d.cast.parties {
		file := d.path("participants", p.name+".json")
		if _, err := os.Stat(file); err == nil {
			continue
		}
		document, err := p.vouchedBy(d.cast.issuer)
		if err != nil {
			return fmt.Errorf("participant %s: %w", p.name, err)
		}
		if err := put(file, document.Bytes); err != nil {
			return err
		}
	}
	return nil
}

func (p *party) vouchedBy(issuer crypto.Signer) (*model.Document, error) {
	partner, now := &filing.Partner{Issuer: p.signer, Lookup: p.lookup}, time.Now().Add(-time.Minute)
	subject, err := partner.Participant(p.is, now, now.AddDate(5, 0, 0), p.roles...)
	if err != nil {
		return nil, err
	}
	return model.SignDocument(subject, issuer, model.Signing{ValidFrom: model.At(now)})
}

func (d *Demo) keyFile(name string) string { return d.path("keys", name+".pem") }

// signer loads a signing key, and makes it first where there is none.
func (d *Demo) signer(name string, into *crypto.Signer) (err error) {
	if err := serving.EnsureSigner(d.keyFile(name)); err != nil {
		return err
	}
	*into, err = key.LoadSigner(d.keyFile(name))
	return err
}

func (d *Demo) lookupKey(name string, into **ecdh.PrivateKey) (err error) {
	if err := serving.EnsureLookup(d.keyFile(name)); err != nil {
		return err
	}
	*into, err = key.LoadLookup(d.keyFile(name))
	return err
}
