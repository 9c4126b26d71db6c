package trust_test

import (
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/hex"
	"encoding/pem"
	"math/big"
	"strings"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/model/lifecycle"
	"github.com/ftagateway/ftagateway/trust"
)

const address = "0xa0cf798816d4b9b9866b5330eea46a18382f251e"

// certificate is one that an authority gave to a clerk, and the account that a chain names for it.
func certificate(t testing.TB, msp, clerk string) (account string, der []byte) {
	t.Helper()
	public, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	c := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: clerk}, NotBefore: at("2026-01-01"), NotAfter: at("2027-01-01")}
	if der, err = x509.CreateCertificate(rand.Reader, c, c, public, private); err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(der)
	return msp + ":" + hex.EncodeToString(sum[:]), der
}

// withAccounts is the brokerage with accounts on the trade ledger for the year 2026.
func withAccounts(accounts ...model.Account) *model.Participant {
	return changed(brokerage(), func(p *model.Participant) {
		for _, a := range accounts {
			if a.Ledger == "" {
				a.Ledger = trade
			}
			a.ValidFrom, a.ValidUntil = day("2026-01-01"), day("2027-01-01")
			p.Accounts = append(p.Accounts, a)
		}
	})
}

func TestAuthorityOfASender(t *testing.T) {
	cert, der := certificate(t, "Org1MSP", "clerk")
	renewed, der2 := certificate(t, "Org1MSP", "clerk")
	inPEM := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der2})
	eth := model.Account{Kind: model.AccountAddress, ID: address}
	clerk := model.Account{Kind: model.AccountEnrolment, ID: "Org1MSP:clerk"}
	exact := model.Account{Kind: model.AccountX509, ID: cert}
	revoked := func(a model.Account, reason string) model.Account {
		a.Revoked = &model.Revocation{Since: day("2026-06-15"), Reason: reason}
		return a
	}
	by := func(kind, id string, certificate []byte) trust.Sender {
		return trust.Sender{Kind: kind, ID: id, Ledger: trade, Certificate: certificate}
	}
	sends := by(model.AccountAddress, address, nil)
	elsewhere := func(s trust.Sender) trust.Sender { s.Ledger = other; return s }
	for name, c := range map[string]struct {
		p         *model.Participant
		by        trust.Sender
		role      lifecycle.Role
		at        string
		witnessed string
		want      trust.Outcome
		says      string
	}{
		"the broker's address":                  {withAccounts(eth), sends, lifecycle.Filer, "2026-06-01", "", trust.Valid, ""},
		"the same in capitals":                  {withAccounts(eth), by(model.AccountAddress, "0xA0Cf798816D4b9b9866b5330EEa46a18382f251e", nil), lifecycle.Filer, "2026-06-01", "", trust.Valid, ""},
		"an address that nobody vouches for":    {withAccounts(), sends, lifecycle.Filer, "2026-06-01", "", trust.Undetermined, "binds this account"},
		"nobody":                                {withAccounts(eth), by("", "", nil), lifecycle.Filer, "2026-06-01", "", trust.Undetermined, "does not authenticate"},
		"in a role that the party has not":      {withAccounts(eth), sends, lifecycle.CBP, "2026-06-01", "", trust.Invalid, "act as cbp"},
		"on another ledger":                     {withAccounts(eth), elsewhere(sends), lifecycle.Filer, "2026-06-01", "", trust.Invalid, "account is bound to another ledger"},
		"before it is valid":                    {withAccounts(eth), sends, lifecycle.Filer, "2025-12-31", "", trust.Invalid, "account is valid from"},
		"after it is valid":                     {withAccounts(eth), sends, lifecycle.Filer, "2027-01-01", "", trust.Invalid, "account is valid from"},
		"at no time":                            {withAccounts(eth), sends, lifecycle.Filer, "", "", trust.Undetermined, "does not tell when"},
		"superseded before":                     {withAccounts(revoked(eth, model.RevokedSuperseded)), sends, lifecycle.Filer, "2026-06-15", "", trust.Invalid, "superseded"},
		"superseded later":                      {withAccounts(revoked(eth, model.RevokedSuperseded)), sends, lifecycle.Filer, "2026-06-14", "", trust.Valid, ""},
		"compromised, and not seen before":      {withAccounts(revoked(eth, model.RevokedCompromised)), sends, lifecycle.Filer, "2026-06-01", "2026-06-16", trust.Invalid, "compromised"},
		"compromised, and seen before":          {withAccounts(revoked(eth, model.RevokedCompromised)), sends, lifecycle.Filer, "2026-06-01", "2026-06-02", trust.Valid, ""},
		"a certificate":                         {withAccounts(exact), by(model.AccountX509, cert, nil), lifecycle.Filer, "2026-06-01", "", trust.Valid, ""},
		"another certificate of the same name":  {withAccounts(exact), by(model.AccountX509, renewed, der2), lifecycle.Filer, "2026-06-01", "", trust.Undetermined, "binds this account"},
		"any certificate of an enrolment":       {withAccounts(clerk), by(model.AccountX509, renewed, der2), lifecycle.Filer, "2026-06-01", "", trust.Valid, ""},
		"the same in PEM":                       {withAccounts(clerk), by(model.AccountX509, renewed, inPEM), lifecycle.Filer, "2026-06-01", "", trust.Valid, ""},
		"an enrolment by another's certificate": {withAccounts(clerk), by(model.AccountX509, renewed, der), lifecycle.Filer, "2026-06-01", "", trust.Undetermined, "binds this account"},
		"an enrolment without a certificate":    {withAccounts(clerk), by(model.AccountX509, renewed, nil), lifecycle.Filer, "2026-06-01", "", trust.Undetermined, "binds this account"},
		"a name on another network":             {withAccounts(clerk), elsewhere(by(model.AccountX509, renewed, der2)), lifecycle.Filer, "2026-06-01", "", trust.Undetermined, "binds this account"},
		"an enrolment whose certificate was stolen": {withAccounts(clerk, revoked(exact, model.RevokedCompromised)), by(model.AccountX509, cert, der),
			lifecycle.Filer, "2026-06-20", "2026-06-20", trust.Invalid, "compromised"},
		"a kind that is not its own": {withAccounts(eth), by(model.AccountDID, address, nil), lifecycle.Filer, "2026-06-01", "", trust.Undetermined, "binds this account"},
	} {
		t.Run(name, func(t *testing.T) {
			got := load(t, c.p).SenderAuthority(c.by, c.role, when(c.at), when(c.witnessed))
			if got.Outcome != c.want || !strings.Contains(got.Reason, c.says) || got.Method != "author" || got.Name != trust.Authority {
				t.Errorf("%+v, want %s because %q", got, c.want, c.says)
			}
		})
	}
}

func when(date string) (t time.Time) {
	if date == "" {
		return t
	}
	return at(date)
}

func TestBySender(t *testing.T) {
	all := load(t, withAccounts(model.Account{Kind: model.AccountAddress, ID: address}))
	if p, ok := all.BySender(trust.Sender{Kind: model.AccountAddress, ID: address, Ledger: trade}); !ok || p.Party.Name != "Aduana Brokers Inc." {
		t.Errorf("%+v, %v", p, ok)
	}
	for name, s := range map[string]trust.Sender{
		"another ledger": {Kind: model.AccountAddress, ID: address, Ledger: other}, "nobody": {Ledger: trade},
		"another address": {Kind: model.AccountAddress, ID: "0x" + strings.Repeat("1", 40), Ledger: trade},
	} {
		if p, ok := all.BySender(s); ok {
			t.Errorf("%s: %s", name, p.Party.Name)
		}
	}
}

func TestNobodyVouchesForHisOwnAccount(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, "p.json", withAccounts(model.Account{Kind: model.AccountDID, ID: didOf(issuer)}), issuer, "2026-01-01")
	if _, err := trust.LoadParticipants(dir, trusting(issuer)); err == nil || !strings.Contains(err.Error(), "own accounts") {
		t.Errorf("%v, want it refused", err)
	}
}
