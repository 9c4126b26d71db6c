package model

// Party is a company or person as a form names it. All of it is confidential and stays off every ledger.
type Party struct {
	Name        string       `json:"name"`
	Identifiers []Identifier `json:"identifiers,omitempty"`
	Address     *Address     `json:"address,omitempty"`
	Phone       string       `json:"phone,omitempty"`
	Email       string       `json:"email,omitempty"`
}

// Identifier is a number that an authority gave to a party. Its scheme is a code of the list identifierSchemes.
type Identifier struct {
	Scheme string `json:"scheme"`
	Code   string `json:"code"`
}

// Address is a postal address.
type Address struct {
	Street     string `json:"street,omitempty"`
	Locality   string `json:"locality,omitempty"`
	Region     string `json:"region,omitempty"`
	PostalCode string `json:"postalCode,omitempty"`
	Country    string `json:"country"` // ISO 3166-1
}

// PartyField is a certificate's field for a party. It names parties, or says by a code why it names none.
type PartyField struct {
	Parties   []Party `json:"parties,omitempty"`
	Statement string  `json:"statement,omitempty"`
}

// What a PartyField may state instead of a name.
const (
	StatedSame      = "SAME"       // the producer is the exporter; the exporter is the certifier
	StatedUnknown   = "UNKNOWN"    // not known to the certifier
	StatedVarious   = "VARIOUS"    // several, not listed
	StatedOnRequest = "ON_REQUEST" // confidential, available to customs upon request
)

// NamedParty gives a field that names one party.
func NamedParty(p Party) PartyField { return PartyField{Parties: []Party{p}} }

// StatedParty gives a field that says why it names none.
func StatedParty(statement string) PartyField { return PartyField{Statement: statement} }
