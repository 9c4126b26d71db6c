package model

import (
	"regexp"
	"strings"

	"github.com/ftagateway/ftagateway/schemas"
)

// Account is what a chain knows a party as that sends transactions to it. It matters on ledgers without records of ours,
// where nobody's signature but the chain's own says who wrote. An account is of one ledger: the same address on another
// chain may be somebody else's.
type Account struct {
	Kind       string      `json:"kind"`
	ID         string      `json:"id"`
	Ledger     string      `json:"ledger"`
	ValidFrom  Instant     `json:"validFrom"`
	ValidUntil Instant     `json:"validUntil,omitzero"`
	Revoked    *Revocation `json:"revoked,omitempty"`
}

// The kinds of accounts, and the form of an id of each.
const (
	// AccountDID is a did:key of Ed25519.
	AccountDID = "did"
	// AccountAddress is 0x and 40 hexadecimal digits in lower case. The capitals of ERC-55 are a check sum against
	// mistyping and part of no address: whoever compares takes both spellings for one.
	AccountAddress = "address"
	// AccountX509 is "<MSP id>:<SHA-256 of the certificate in DER, as 64 hexadecimal digits in lower case>": one
	// certificate of a Fabric organisation.
	AccountX509 = "x509"
	// AccountEnrolment is "<MSP id>:<enrolment id>", the common name of the certificate's subject. It outlives the
	// certificates of a Fabric organisation, which are renewed within a year; the organisation's authority, which alone
	// gives out its certificates, is trusted not to give one name to two.
	AccountEnrolment = "enrolment"
)

var accountForms = map[string]struct {
	form *regexp.Regexp
	rule string
}{
	AccountDID:       {regexp.MustCompile(`^did:key:z6Mk[1-9A-HJ-NP-Za-km-z]{44}$`), "must be the did:key of an Ed25519 key"},
	AccountAddress:   {regexp.MustCompile(`^0x[0-9a-f]{40}$`), "must be 0x and 40 hexadecimal digits in lower case"},
	AccountX509:      {regexp.MustCompile(`^[A-Za-z0-9._-]{1,100}:[0-9a-f]{64}$`), "must be an MSP id, a colon and the SHA-256 of the certificate (DER) in lower-case hexadecimal"},
	AccountEnrolment: {regexp.MustCompile(`^[A-Za-z0-9._-]{1,100}:[^\x00-\x1f]{1,190}$`), "must be an MSP id, a colon and the enrolment id"},
}

func (a *Account) check(fs *schemas.Faults, at string) {
	if f, ok := accountForms[a.Kind]; ok && a.ID != "" && !f.form.MatchString(a.ID) {
		fs.Add(at+"/id", a.ID, f.rule, sourceOurs)
	}
	order(fs, at+"/validUntil", a.ValidFrom, a.ValidUntil)
	if a.Revoked != nil && !a.Revoked.Since.IsZero() && a.Revoked.Since.Time().Before(a.ValidFrom.Time()) {
		fs.Add(at+"/revoked/since", a.Revoked.Since.String(), "must not be before the account was valid, "+a.ValidFrom.String(), sourceOurs)
	}
}

// Normalized gives the id of an account as participants have it, whatever spelling a chain answers.
func (a Account) Normalized() Account {
	if a.Kind == AccountAddress {
		a.ID = strings.ToLower(a.ID)
	}
	return a
}
