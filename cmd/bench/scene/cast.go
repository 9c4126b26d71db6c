package scene

import (
	"context"
	"crypto"
	"crypto/ecdh"
	"errors"
	"net/netip"
	"os"
	"time"

	"github.com/ftagateway/ftagateway/evidence"
	"github.com/ftagateway/ftagateway/evidence/client"
	"github.com/ftagateway/ftagateway/filing"
	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/model/sample"
	"github.com/ftagateway/ftagateway/trust/key"
)

// cast is who takes part.
type cast struct {
	vouches  crypto.Signer // for who is who
	reads    crypto.Signer // CBP's key for evidence
	root     crypto.Signer // of the evidence server
	lookup   *ecdh.PrivateKey
	importer *filing.Partner
	producer *filing.Partner
	customs  *filing.Partner
}

var loopback = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}

// lasting is longer than any run.
const lasting = 30 * 24 * time.Hour

func (s *Scene) makeCast(context.Context) error {
	c := &cast{}
	for _, into := range []*crypto.Signer{&c.vouches, &c.reads, &c.root} {
		k, err := key.NewSigner()
		if err != nil {
			return err
		}
		*into = k
	}
	var err error
	c.lookup, err = key.NewLookup()
	s.cast = c
	return err
}

// meet makes the parties, says in a folder who they are, and hands their evidence to CBP.
func (s *Scene) meet(context.Context) error {
	if err := os.MkdirAll(s.path("participants"), 0o700); err != nil {
		return err
	}
	holdings, err := s.openHoldings()
	if err != nil {
		return err
	}
	s.holdings = holdings
	return errors.Join(
		s.party(&s.cast.importer, "importer", sample.Importer(), model.ParticipantRole{Role: model.RoleImporter, FilerCode: sample.FilerABC}),
		s.party(&s.cast.producer, "producer", sample.MexicanProducer(), model.ParticipantRole{Role: model.RoleProducer}),
		s.party(&s.cast.customs, "customs", model.Party{Name: "US Customs and Border Protection"}, model.ParticipantRole{Role: model.RoleCBP}),
	)
}

func (s *Scene) openHoldings() (*client.Holdings, error) {
	reader, err := key.DID(s.cast.reads)
	if err != nil {
		return nil, err
	}
	return client.OpenHoldings(client.HoldingsConfig{Store: s.store.Sub("capabilities"), Controller: reader})
}

func (s *Scene) party(into **filing.Partner, name string, is model.Party, role model.ParticipantRole) error {
	p, err := s.partner(role)
	if err != nil {
		return err
	}
	*into = p
	return errors.Join(s.vouch(name, is, role, p), s.handOver(p))
}

func (s *Scene) partner(role model.ParticipantRole) (*filing.Partner, error) {
	issuer, err := key.NewSigner()
	if err != nil {
		return nil, err
	}
	p := &filing.Partner{Issuer: issuer, Customs: s.cast.lookup.PublicKey()}
	if role.FilerCode != "" {
		if p.Lookup, err = key.NewLookup(); err != nil {
			return nil, err
		}
	}
	if p.Evidence, err = client.New(client.Config{AllowPrivate: loopback}); err != nil {
		return nil, err
	}
	p.Collection, err = filing.Collect(s.cast.root, s.evidence, evidence.NewCollection(), p.Issuer, time.Now().Add(lasting))
	return p, err
}

// vouch writes the document that says whose key a party's is.
func (s *Scene) vouch(name string, is model.Party, role model.ParticipantRole, p *filing.Partner) error {
	from := time.Now().Add(-time.Hour)
	subject, err := p.Participant(is, from, time.Now().Add(lasting), role)
	if err != nil {
		return err
	}
	d, err := model.SignDocument(subject, s.cast.vouches, model.Signing{ValidFrom: model.At(from)})
	if err != nil {
		return err
	}
	return os.WriteFile(s.path("participants/"+name+".json"), d.Bytes, 0o600)
}

func (s *Scene) handOver(p *filing.Partner) error {
	reader, err := key.DID(s.cast.reads)
	if err != nil {
		return err
	}
	c, err := p.Admit(reader, time.Now().Add(lasting/2)) // within the collection's, which began earlier
	if err != nil {
		return err
	}
	_, err = s.holdings.Add(c)
	return err
}
