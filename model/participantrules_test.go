package model_test

import (
	"testing"

	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/model/sample"
	"github.com/ftagateway/ftagateway/trust/did"
	"github.com/ftagateway/ftagateway/trust/key"
)

func TestRulesOfParticipants(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*model.Participant)
		want   []broke
	}{
		{"as it is", func(*model.Participant) {}, nil},
		{"ends before it begins", func(p *model.Participant) { p.ValidUntil = p.ValidFrom }, []broke{{"/validUntil", "after", ""}}},
		{"a filer code for an exporter", func(p *model.Participant) { p.Roles[0].Role = model.RoleExporter },
			[]broke{{"/roles/0/filerCode", "only a broker or an importer", "19 CFR 142.3a"}}},
		{"a lookup key that signs", func(p *model.Participant) { p.Keys[1].Use = model.UseSigning },
			[]broke{{"/keys/1/id", "X25519", ""}}},
		{"a signing key for lookups", func(p *model.Participant) { p.Keys[0].Use, p.Keys[0].Ledger = model.UseLookup, "" },
			[]broke{{"/keys/0/id", "X25519", ""}}},
		{"a lookup key for one ledger", func(p *model.Participant) { p.Keys[1].Ledger = tradeLedger },
			[]broke{{"/keys/1/ledger", "only a signing key", ""}}},
		{"a key twice", func(p *model.Participant) { p.Keys = append(p.Keys, p.Keys[0]) }, []broke{{"/keys/2/id", "twice", ""}}},
		{"one key on two ledgers", func(p *model.Participant) {
			p.Keys = append(p.Keys, p.Keys[0])
			p.Keys[2].Ledger = evidenceID
		}, nil},
		{"a key that ends before it begins", func(p *model.Participant) { p.Keys[0].ValidUntil = p.Keys[0].ValidFrom },
			[]broke{{"/keys/0/validUntil", "after", ""}}},
		{"revoked before it was valid", func(p *model.Participant) {
			p.Keys[0].Revoked = &model.Revocation{Since: model.At(p.Keys[0].ValidFrom.Time().AddDate(0, 0, -1)), Reason: model.RevokedCompromised}
		}, []broke{{"/keys/0/revoked/since", "not be before", ""}}},
		{"accounts alone", func(p *model.Participant) { p.Keys = nil }, nil},
		{"nothing that is the party's", func(p *model.Participant) { p.Keys, p.Accounts = nil, nil }, []broke{{"/keys", "must hold a key", ""}}},
		{"an account twice", func(p *model.Participant) { p.Accounts = append(p.Accounts, p.Accounts[0]) }, []broke{{"/accounts/4/id", "twice", ""}}},
		{"one account on two ledgers", func(p *model.Participant) {
			p.Accounts = append(p.Accounts, p.Accounts[0])
			p.Accounts[4].Ledger = evidenceID
		}, nil},
		{"an address with capitals", func(p *model.Participant) { p.Accounts[1].ID = "0xA0Cf798816D4b9b9866b5330EEa46a18382f251e" },
			[]broke{{"/accounts/1/id", "lower case", ""}}},
		{"a certificate without its organisation", func(p *model.Participant) { p.Accounts[2].ID = p.Accounts[2].ID[9:] },
			[]broke{{"/accounts/2/id", "MSP id", ""}}},
		{"an enrolment without its organisation", func(p *model.Participant) { p.Accounts[3].ID = "clerk" },
			[]broke{{"/accounts/3/id", "MSP id", ""}}},
		{"a did that cannot sign", func(p *model.Participant) { p.Accounts[0].ID = p.Keys[1].ID }, []broke{{"/accounts/0/id", "Ed25519", ""}}},
		{"an account that ends before it begins", func(p *model.Participant) { p.Accounts[0].ValidUntil = p.Accounts[0].ValidFrom },
			[]broke{{"/accounts/0/validUntil", "after", ""}}},
		{"an account revoked before it was valid", func(p *model.Participant) {
			p.Accounts[0].Revoked = &model.Revocation{Since: model.At(p.Accounts[0].ValidFrom.Time().AddDate(0, 0, -1)), Reason: model.RevokedSuperseded}
		}, []broke{{"/accounts/0/revoked/since", "not be before", ""}}},
		{"a party in no country", func(p *model.Participant) { p.Party.Address.Country = "XX" },
			[]broke{{"/party/address/country", "assigned", "3166"}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := participant(t)
			c.change(p)
			holds(t, p.Check(), c.want...)
		})
	}
}

func participant(t *testing.T) *model.Participant {
	t.Helper()
	lookup, err := key.NewLookup()
	if err != nil {
		t.Fatal(err)
	}
	p := sample.Participant(sample.Broker(), []model.ParticipantRole{{Role: model.RoleBroker, FilerCode: sample.FilerABC}},
		model.ParticipantKey{ID: signingKey(t), Use: model.UseSigning, Ledger: tradeLedger},
		model.ParticipantKey{ID: did.FromX25519(lookup.PublicKey()), Use: model.UseLookup})
	for _, a := range []model.Account{
		{Kind: model.AccountDID, ID: p.Keys[0].ID},
		{Kind: model.AccountAddress, ID: "0xa0cf798816d4b9b9866b5330eea46a18382f251e"},
		{Kind: model.AccountX509, ID: "Org1MSP:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"},
		{Kind: model.AccountEnrolment, ID: "Org1MSP:clerk one"},
	} {
		a.Ledger, a.ValidFrom = tradeLedger, p.ValidFrom
		p.Accounts = append(p.Accounts, a)
	}
	return p
}

func TestSameParty(t *testing.T) {
	irs := func(code string) []model.Identifier { return []model.Identifier{{Scheme: "IRS", Code: code}} }
	duns := []model.Identifier{{Scheme: "DUNS", Code: "123456789"}}
	for _, c := range []struct {
		name string
		a, b model.Party
		want bool
	}{
		{"one number, other names", model.Party{Name: "A", Identifiers: irs("1")}, model.Party{Name: "B", Identifiers: irs("1")}, true},
		{"one name, other numbers", model.Party{Name: "A", Identifiers: irs("1")}, model.Party{Name: "A", Identifiers: irs("2")}, false},
		{"one name, numbers of other schemes", model.Party{Name: "A", Identifiers: irs("1")}, model.Party{Name: "A", Identifiers: duns}, true},
		{"one of several numbers", model.Party{Identifiers: append(irs("1"), duns...)}, model.Party{Name: "B", Identifiers: append(irs("2"), duns...)}, true},
		{"one name in other letters", model.Party{Name: "Acme, Inc."}, model.Party{Name: "ACME  INC"}, true},
		{"other names", model.Party{Name: "Acme Inc."}, model.Party{Name: "Acme Ltd."}, false},
	} {
		if got := c.a.Same(&c.b); got != c.want || c.b.Same(&c.a) != got {
			t.Errorf("%s: %t, want %t", c.name, got, c.want)
		}
	}
}
