package trust

import (
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"encoding/pem"
	"slices"
	"strings"
	"time"

	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/model/lifecycle"
)

// Sender is whom a chain authenticated as the sender of a transaction.
type Sender struct {
	Kind, ID string // as model.Account has them; an empty ID is nobody
	Ledger   string // URI
	// Certificate is that of a sender of kind x509, in PEM or DER, where the chain gives it. It counts only if it is the
	// one that ID names, and then its subject's common name is the enrolment id.
	Certificate []byte
}

// maxCertificate bounds what is parsed for a name.
const maxCertificate = 64 << 10

// names lists the accounts that may stand for a sender.
func (s Sender) names() []model.Account {
	if s.ID == "" {
		return nil
	}
	all := []model.Account{model.Account{Kind: s.Kind, ID: s.ID, Ledger: s.Ledger}.Normalized()}
	if id, ok := s.enrolment(); ok {
		all = append(all, model.Account{Kind: model.AccountEnrolment, ID: id, Ledger: s.Ledger})
	}
	return all
}

// enrolment reads the name that the organisation's authority gave, from the very certificate that the chain names.
func (s Sender) enrolment() (string, bool) {
	msp, digest, ok := strings.Cut(s.ID, ":")
	if !ok || s.Kind != model.AccountX509 || len(s.Certificate) > maxCertificate {
		return "", false
	}
	der := s.Certificate
	if block, _ := pem.Decode(der); block != nil {
		der = block.Bytes
	}
	sum := sha256.Sum256(der)
	if hex.EncodeToString(sum[:]) != digest {
		return "", false
	}
	c, err := x509.ParseCertificate(der)
	if err != nil || c.Subject.CommonName == "" {
		return "", false
	}
	return msp + ":" + c.Subject.CommonName, true
}

// named reports whether a participant's account is the one of a sender. A certificate, an address and a did are the same
// wherever they turn up; the names of an organisation's people are its own network's.
func named(name, account model.Account) bool {
	same := name.Kind == account.Kind && name.ID == account.ID
	return same && (name.Kind != model.AccountEnrolment || name.Ledger == account.Ledger)
}

// BySender finds the participant to whom an account of the sender is bound on that ledger. Of several documents the
// latest issued counts.
func (p *Participants) BySender(s Sender) (*Participant, bool) {
	for _, found := range p.now.Load().bySender(s.names()) {
		if slices.ContainsFunc(found.bindings(step{accounts: s.names()}), func(b binding) bool { return b.ledger == s.Ledger }) {
			return found, true
		}
	}
	return nil, false
}

// bySender lists whoever has one of the accounts, the latest issued first.
func (d *directory) bySender(names []model.Account) []*Participant {
	var all []*Participant
	for _, name := range names {
		for _, p := range d.byAccount[accountName{name.Kind, name.ID}] {
			if !slices.Contains(all, p) && len(p.bindings(step{accounts: names})) > 0 {
				all = append(all, p)
			}
		}
	}
	slices.SortStableFunc(all, latestFirst)
	return all
}

// SenderAuthority checks whether the sender may take the step, as Authority does for a key: an account that no trusted
// document binds is undetermined, and so is a sender whom the chain does not name.
func (p *Participants) SenderAuthority(by Sender, role lifecycle.Role, at, witnessed time.Time) Check {
	d, names := p.now.Load(), by.names()
	c := Check{Name: Authority, Outcome: Undetermined, Method: "author"}
	if len(names) == 0 {
		c.Reason = "the ledger does not authenticate who wrote it"
		return c
	}
	return d.weigh(c, d.bySender(names), step{accounts: names, role: role, ledger: by.Ledger, at: at, witnessed: witnessed})
}
