package protocol

import (
	"time"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// Operation is one call of the protocol, by the last part of its path. Head and Describe are asked for by GET; all others
// by POST, so that no key, lookup or cursor stands in a URL, and so in no log of any proxy on the way.
type Operation string

// The operations, in the order in which a vendor would build them.
const (
	OpDescribe Operation = "describe"
	OpHead     Operation = "head"
	OpGet      Operation = "get"
	OpVersions Operation = "versions"
	OpFind     Operation = "find"
	OpChanges  Operation = "changes"
	OpAppend   Operation = "append"
	OpReceipt  Operation = "receipt"
	OpProve    Operation = "prove"
)

// Get asks for one version of a key: the newest where Version is 0, and a final one where Finality is empty.
type Get struct {
	Key      string          `json:"key"`
	Version  uint64          `json:"version,omitzero"`
	Finality driver.Finality `json:"finality,omitzero"`
	AtLeast  uint64          `json:"atLeast,omitzero"`
}

// Versions asks for final versions of a key above After, oldest first.
type Versions struct {
	Key   string `json:"key"`
	After uint64 `json:"after,omitzero"`
	Limit uint32 `json:"limit,omitzero"`
}

// Page answers Versions.
type Page struct {
	Entries Entries `json:"entries"`
}

// Find asks for the keys that a lookup leads to.
type Find struct {
	Lookup Lookup `json:"lookup"`
	Page   string `json:"page,omitzero"`
	Limit  uint32 `json:"limit,omitzero"`
}

// Lookup is a driver.Lookup.
type Lookup struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// Found answers Find.
type Found struct {
	Keys Keys   `json:"keys"`
	Next string `json:"next,omitzero"`
}

// Changes asks for what became final after a cursor, and to wait for it where there is nothing.
type Changes struct {
	After      driver.Cursor `json:"after,omitzero"`
	Limit      uint32        `json:"limit,omitzero"`
	WaitMillis uint64        `json:"waitMillis,omitzero"`
}

// Batch answers Changes. Head is there where Next has caught up.
type Batch struct {
	Entries Entries       `json:"entries"`
	Next    driver.Cursor `json:"next"`
	Head    *Block        `json:"head,omitzero"`
}

// Append asks to write the version after Expect. WaitMillis is how long the caller waits for its block; after that the
// receipt is pending. The same message again is answered with the first one's receipt.
type Append struct {
	Key            string  `json:"key"`
	Expect         uint64  `json:"expect"`
	Body           []byte  `json:"body"`
	Lookups        Lookups `json:"lookups,omitempty"`
	IdempotencyKey string  `json:"idempotencyKey,omitzero"`
	WaitMillis     uint64  `json:"waitMillis,omitzero"`
}

// AskReceipt asks what became of a transaction.
type AskReceipt struct {
	Tx string `json:"tx"`
}

// Prove asks for a proof of an entry.
type Prove struct {
	Entry *Entry `json:"entry"`
}

// Proof is a driver.Proof.
type Proof struct {
	Type string         `json:"type"`
	Data jsontext.Value `json:"data"`
}

// Description is a driver.Description, and which version of the protocol the ledger speaks.
type Description struct {
	Protocol        string           `json:"protocol"`
	URI             string           `json:"uri"`
	Kind            string           `json:"kind"`
	Abilities       []driver.Ability `json:"abilities"`
	MaxBody         uint64           `json:"maxBody"`
	PageSize        uint64           `json:"pageSize"`
	Finality        string           `json:"finality"`
	BlockTimeMillis uint64           `json:"blockTimeMillis,omitzero"`
	ProofTypes      []string         `json:"proofTypes,omitempty"`
	WriteMode       driver.WriteMode `json:"writeMode"`
	Via             []string         `json:"via,omitempty"`
	ForTesting      bool             `json:"forTesting,omitzero"`
}

// Head is a driver.Head.
type Head struct {
	ChainID string        `json:"chainId"`
	Newest  Block         `json:"newest"`
	Final   Block         `json:"final"`
	Cursor  driver.Cursor `json:"cursor,omitzero"`
}

// Block is a driver.Block.
type Block struct {
	Height uint64    `json:"height"`
	Hash   string    `json:"hash"`
	Time   time.Time `json:"time"`
}

// Entry is a driver.Entry.
type Entry struct {
	Key           string        `json:"key"`
	Version       uint64        `json:"version"`
	Body          []byte        `json:"body,omitempty"`
	Deleted       bool          `json:"deleted,omitzero"`
	Author        Author        `json:"author,omitzero"`
	Position      Position      `json:"position"`
	Cursor        driver.Cursor `json:"cursor,omitzero"`
	Contradiction string        `json:"contradiction,omitzero"`
}

// Author is a driver.Author. The zero value is left out: a chain that authenticates nobody.
type Author struct {
	Kind     string `json:"kind"`
	ID       string `json:"id"`
	Evidence []byte `json:"evidence,omitempty"`
}

// IsZero reports whether the chain authenticates nobody.
func (a Author) IsZero() bool { return a.Kind == "" && a.ID == "" && len(a.Evidence) == 0 }

// Position is a driver.Position.
type Position struct {
	Height uint64    `json:"height"`
	Index  uint32    `json:"index,omitzero"`
	Tx     string    `json:"tx"`
	Time   time.Time `json:"time"`
	Final  bool      `json:"final"`
}

// Receipt is a driver.Receipt. Position is there where the transaction is in a block.
type Receipt struct {
	Tx       string       `json:"tx"`
	State    driver.State `json:"state"`
	Key      string       `json:"key"`
	Version  uint64       `json:"version,omitzero"`
	Reason   string       `json:"reason,omitzero"`
	Position *Position    `json:"position,omitzero"`
	Asked    time.Time    `json:"asked"`
}
