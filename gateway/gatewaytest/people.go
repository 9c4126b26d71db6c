package gatewaytest

import (
	"crypto/ecdh"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/ftagateway/ftagateway/evidence"
	"github.com/ftagateway/ftagateway/evidence/client"
	"github.com/ftagateway/ftagateway/filing"
	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/trust/capability"
	"github.com/ftagateway/ftagateway/trust/key"
)

// people makes the parties and the documents that say who they are.
func (w *World) people() {
	w.Importer = w.partner(newLookup(w.t))
	w.Exporter = w.partner(nil)
	w.Customs = w.partner(nil)
	w.participant("importer", w.Importer, model.ParticipantRole{Role: model.RoleImporter, FilerCode: "ABC"})
	w.participant("exporter", w.Exporter, model.ParticipantRole{Role: model.RoleExporter})
	w.participant("customs", w.Customs, model.ParticipantRole{Role: model.RoleCBP})
}

func (w *World) partner(lookup *ecdh.PrivateKey) *filing.Partner {
	issuer := newSigner(w.t)
	uploads := must(client.New(client.Config{AllowPrivate: loopback}))(w.t)
	collection := must(filing.Collect(w.Evidence.Root, w.Evidence.URL, evidence.NewCollection(), issuer, w.deadline))(w.t)
	return &filing.Partner{Issuer: issuer, Collection: collection, Evidence: uploads, Lookup: lookup, Customs: w.cbpKey.PublicKey()}
}

// participant has the trusted issuer vouch for a partner in a role.
func (w *World) participant(name string, p *filing.Partner, role model.ParticipantRole) {
	now := time.Now()
	w.publish(name, must(p.Participant(model.Party{Name: name}, now.Add(-time.Hour), now.Add(365*24*time.Hour), role))(w.t))
}

// publish has the trusted issuer vouch for a participant, in place of what it said of that one before.
func (w *World) publish(name string, subject *model.Participant) {
	from := model.At(time.Now().Add(-time.Hour))
	d := must(model.SignDocument(subject, w.issuer, model.Signing{ValidFrom: from}))(w.t)
	if err := os.WriteFile(filepath.Join(w.folder, name+".json"), d.Bytes, 0o600); err != nil {
		w.t.Fatal(err)
	}
}

// Stranger is a party for whom nobody vouches. It has everything else that an importer has.
func (w *World) Stranger() *filing.Partner { return w.partner(newLookup(w.t)) }

// Vouch makes a participant of a stranger.
func (w *World) Vouch(name string, p *filing.Partner, role model.ParticipantRole) {
	w.t.Helper()
	w.participant(name, p, role)
	w.reload()
}

// Revoke has the importer's signing key revoked.
func (w *World) Revoke(since time.Time, reason string) {
	w.t.Helper()
	id := must(key.DID(w.Importer.Issuer))(w.t)
	found, ok := w.Config.Participants.ByKey(id)
	if !ok {
		w.t.Fatal("the importer is no participant")
	}
	subject := found.Participant
	subject.Keys = slices.Clone(subject.Keys)
	for i := range subject.Keys {
		if subject.Keys[i].ID == id {
			subject.Keys[i].Revoked = &model.Revocation{Since: model.At(since), Reason: reason}
		}
	}
	w.publish("importer", &subject)
	w.reload()
}

func (w *World) reload() {
	w.t.Helper()
	if err := w.Config.Participants.Reload(w.folder); err != nil {
		w.t.Fatal(err)
	}
}

// Reader is CBP's capability key, which evidence is delegated to.
func (w *World) Reader() string { return must(key.DID(w.holder))(w.t) }

// Admission is a new capability for CBP to read a partner's evidence, until a time before the world's own end.
func (w *World) Admission(p *filing.Partner, expires time.Time) *capability.Capability {
	w.t.Helper()
	return must(p.Admit(w.Reader(), expires))(w.t)
}

// Deadline is when all capabilities of the world expire.
func (w *World) Deadline() time.Time { return w.deadline }
