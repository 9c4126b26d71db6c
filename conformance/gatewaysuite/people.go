package gatewaysuite

import (
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

// people are the parties of the world.
type people struct {
	importer *filing.Partner // files entries under the code ABC
	broker   *filing.Partner // files entries under the code XQ9
	exporter *filing.Partner // certifies origin
	customs  *filing.Partner // decides
	stranger *filing.Partner // has a key that it made itself, and nobody who vouches for it
}

// cast makes the parties, and the documents that say who they are.
func (s *stage) cast() error {
	for _, p := range []struct {
		who   **filing.Partner
		name  string // of its document; empty for one that nobody vouches for
		is    model.Party
		role  model.ParticipantRole
		files bool
	}{
		{&s.importer, "importer", sample.Importer(), model.ParticipantRole{Role: model.RoleImporter, FilerCode: sample.FilerABC}, true},
		{&s.broker, "broker", sample.Retailer(), model.ParticipantRole{Role: model.RoleBroker, FilerCode: sample.FilerXQ9}, true},
		{&s.exporter, "exporter", sample.MexicanProducer(), model.ParticipantRole{Role: model.RoleExporter}, false},
		{&s.customs, "customs", model.Party{Name: "US Customs and Border Protection"}, model.ParticipantRole{Role: model.RoleCBP}, false},
		{&s.stranger, "", model.Party{}, model.ParticipantRole{}, true},
	} {
		partner, err := s.partner(p.files)
		if err != nil {
			return err
		}
		*p.who = partner
		if p.name == "" {
			continue
		}
		if err := s.vouch(p.name, partner, p.is, p.role); err != nil {
			return err
		}
	}
	return nil
}

// vouchedFor lists the parties whose evidence CBP is admitted to.
func (s *stage) vouchedFor() []*filing.Partner {
	return []*filing.Partner{s.importer, s.broker, s.exporter, s.customs}
}

// partner makes the keys of a party, and its collection on the evidence server.
func (s *stage) partner(files bool) (_ *filing.Partner, err error) {
	p := &filing.Partner{Customs: s.cbpKey.PublicKey()}
	if p.Issuer, err = newSigner(); err != nil {
		return nil, err
	}
	if files {
		if p.Lookup, err = key.NewLookup(); err != nil {
			return nil, err
		}
	}
	if p.Evidence, err = client.New(client.Config{AllowPrivate: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}}); err != nil {
		return nil, err
	}
	p.Collection, err = filing.Collect(s.evidence.root, s.evidence.url, evidence.NewCollection(), p.Issuer, s.deadline)
	return p, err
}

// vouch writes the document by which the trusted issuer binds a party's keys to its role.
func (s *stage) vouch(name string, p *filing.Partner, is model.Party, role model.ParticipantRole) error {
	from := time.Now().Add(-time.Hour)
	subject, err := p.Participant(is, from, s.deadline.AddDate(1, 0, 0), role)
	if err != nil {
		return err
	}
	d, err := model.SignDocument(subject, s.issuer, model.Signing{ValidFrom: model.At(from)})
	if err != nil {
		return err
	}
	return os.WriteFile(s.path("participants/"+name+".json"), d.Bytes, 0o600)
}
