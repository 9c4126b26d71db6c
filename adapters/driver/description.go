package driver

import "time"

// Ability is one thing that a chain can do for the gateway. What is not described is never asked for, and a
// conformance report calls it "not offered".
type Ability string

// The abilities. A ledger that can be read at all offers AbilityRead.
const (
	AbilityRead     Ability = "read"     // Head and Get
	AbilityVersions Ability = "versions" // Versions, and Get of an older version
	AbilityFind     Ability = "find"
	AbilityChanges  Ability = "changes"
	AbilityAppend   Ability = "append" // Append and Receipt
	AbilityProve    Ability = "prove"
	AbilityPin      Ability = "pin" // Ref.AtLeast is heeded
)

// Abilities lists all that there are.
func Abilities() []Ability {
	return []Ability{AbilityRead, AbilityVersions, AbilityFind, AbilityChanges, AbilityAppend, AbilityProve, AbilityPin}
}

// WriteMode says what happens when two writers append the same version of a key at the same time.
type WriteMode string

// The write modes.
const (
	WriteCAS            WriteMode = "cas"            // the chain lets exactly one of them win
	WriteCheckThenWrite WriteMode = "checkThenWrite" // checked by the driver before sending; both may win
	WriteNone           WriteMode = "none"           // the chain cannot be written through this driver
)

// Description says what a chain is and can do.
type Description struct {
	// URI names the chain itself, never a host: it is signed into records. A Web Ledger has its genesis "ledger", an
	// Ethereum contract its CAIP-10 account, a Fabric namespace a urn of its genesis block's hash.
	URI string
	// Kind is the field's name for the kind of chain: "webledger", "ethereum", "fabric", "memory" ...
	Kind       string
	Abilities  []Ability
	MaxBody    int           // bytes; a larger body is TooLarge before anything is signed
	PageSize   int           // what a limit below 1 means, and the most that a page holds
	Finality   string        // in words: what makes a block final here
	BlockTime  time.Duration // about how long a write takes to be final; 0 if it cannot be told
	ProofTypes []string      // what Prove may answer, each with a registered verifier
	WriteMode  WriteMode
	// Via are the gateways between this one and the chain, the nearest first, by the names that they give themselves.
	// Empty where the driver speaks with the chain's own node. It is what they say, and shown to people only.
	Via []string
	// Unreached is true as long as the chain never answered and the driver cannot know what it is. All else but URI is
	// assumed then, so that whoever plans by it asks and hears of the outage: it MUST NOT be shown to anybody. A driver that
	// knows its chain without asking leaves it false.
	Unreached bool
	// ForTesting is true only where the operator marked the chain as one that a conformance run may write to.
	ForTesting bool
}

// Can reports whether the chain offers the ability.
func (d Description) Can(a Ability) bool {
	for _, have := range d.Abilities {
		if have == a {
			return true
		}
	}
	return false
}
