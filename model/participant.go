package model

// Participant binds keys and accounts to a party and says in which roles it may use them, and from when to when. A trusted issuer
// signs it. It is kept off every ledger.
type Participant struct {
	Party Party             `json:"party"`
	Roles []ParticipantRole `json:"roles"`
	Keys  []ParticipantKey  `json:"keys,omitempty"`
	// Accounts are what ledgers without records of ours know the party as.
	Accounts []Account `json:"accounts,omitempty"`
	// EvidenceServer is the base URL under which the party's documents can be had by who holds a capability.
	EvidenceServer string  `json:"evidenceServer,omitempty"`
	ValidFrom      Instant `json:"validFrom"`
	ValidUntil     Instant `json:"validUntil"`
}

// ParticipantRole is a role that a party has in trade.
type ParticipantRole struct {
	Role      string `json:"role"`
	FilerCode string `json:"filerCode,omitempty"` // of a broker or importer who files entries
}

// The roles of participants.
const (
	RoleImporter = "importer"
	RoleBroker   = "broker"
	RoleExporter = "exporter"
	RoleProducer = "producer"
	RoleCBP      = "cbp"
	RoleAgency   = "agency"
	RoleVendor   = "vendor"
)

// ParticipantKey is a key with what it is for.
type ParticipantKey struct {
	ID         string      `json:"id"` // did:key: Ed25519, or X25519 for lookups
	Use        string      `json:"use"`
	Ledger     string      `json:"ledger,omitempty"` // a pairwise key signs on this ledger only
	ValidFrom  Instant     `json:"validFrom"`
	ValidUntil Instant     `json:"validUntil,omitzero"`
	Revoked    *Revocation `json:"revoked,omitempty"`
}

// What a key is for.
const (
	UseSigning    = "signing"
	UseLookup     = "lookup"
	UseCapability = "capability"
)

// Revocation ends a key or an account. What a superseded key signed before stays good; a compromised one is doubted from
// since on.
type Revocation struct {
	Since  Instant `json:"since"`
	Reason string  `json:"reason"`
}

// Why a key or an account was revoked.
const (
	RevokedSuperseded  = "superseded"
	RevokedCompromised = "compromised"
)
