package command

import (
	"time"

	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/model/sample"
)

// sampleOf is a subject that is right, for a person to change. Ids in it are new ones.
func sampleOf(documentType string) model.Subject {
	switch documentType {
	case model.TypeEntrySummary:
		return sample.Awaiting(model.CAFTADR, model.CertificateExpected{ID: model.NewID()})
	case model.TypeCertificateOfOrigin:
		return sample.Certificate(model.CAFTADR)
	case model.TypeEntryDisposition:
		entry := model.Pin{ID: model.NewID(), Ledger: model.NewID(), Version: 1, Digest: ld.Sum(nil)}
		return sample.Disposition(model.ActionAccept, entry)
	}
	return sampleParticipant()
}

// sampleParticipant files entries, from now on.
func sampleParticipant() *model.Participant {
	now := model.At(time.Now())
	p := sample.Participant(sample.Retailer(), []model.ParticipantRole{{Role: model.RoleImporter, FilerCode: sample.FilerXQ9}},
		model.ParticipantKey{ID: "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK", Use: model.UseSigning, ValidFrom: now},
		model.ParticipantKey{ID: "did:key:z6LSbysY2xFMRpGMhb7tFTLMpeuPRaqaWM1yECx2AtzE3KCc", Use: model.UseLookup, ValidFrom: now})
	p.ValidFrom, p.ValidUntil = now, model.At(time.Now().AddDate(2, 0, 0))
	return p
}
