package gateway

import (
	"slices"
	"time"

	"github.com/ftagateway/ftagateway/adapters"
	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/model/lifecycle"
	"github.com/ftagateway/ftagateway/trust"
)

// keyOf says whether a participant's key may take the step of a record now. What is in hand stands on no ledger, and so
// there is no other time to ask about, and no having seen it before.
func (g *Gateway) keyOf(r *model.Parsed) trust.Check {
	var never time.Time
	return g.authority(adapters.StatementOf(r), g.Now(), never)
}

// signers says who signs a type of document. Whose word counts on participants is the operator's to configure.
var signers = map[string]lifecycle.Role{
	model.TypeEntrySummary:        lifecycle.Filer,
	model.TypeCertificateOfOrigin: lifecycle.Certifier,
	model.TypeEntryDisposition:    lifecycle.CBP,
}

// keyOfDocument says whether a participant's key may sign such a document now: for the ledger of its record, or, without
// one, for the ledger that the key is bound to.
func (g *Gateway) keyOfDocument(d *model.Document, r *model.Parsed) trust.Check {
	role, ok := signers[d.Type]
	if !ok {
		return trust.Check{Name: trust.Authority, Outcome: trust.Undetermined, Method: "participants",
			Reason: "who may sign a " + d.Type + " is configured, and not asked here"}
	}
	ledger := g.boundTo(d.Issuer)
	if r != nil && r.Issuer == d.Issuer {
		ledger = r.Ledger
	}
	var never time.Time
	return g.Participants.Authority(d.Issuer, role, ledger, g.Now(), never)
}

// boundTo is the ledger that a key is for; empty where it is for any, or for none that is known.
func (g *Gateway) boundTo(key string) string {
	p, ok := g.Participants.ByKey(key)
	if !ok {
		return ""
	}
	at := slices.IndexFunc(p.Keys, func(k model.ParticipantKey) bool { return k.ID == key && k.Use == model.UseSigning })
	if at < 0 {
		return ""
	}
	return p.Keys[at].Ledger
}
