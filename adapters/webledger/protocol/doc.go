// Package protocol is the Web Ledger protocol as bedrock-ledger nodes and web-ledger-client 7 speak it: the messages,
// their strict parsing, their hashes, and the one function that says what an operation does to a record. A node and a
// client both stand on it, so that they cannot come to differ.
//
// Nothing here does I/O, reads a clock or keeps state. Every function is deterministic and bounded by the size and
// number of what it is given, so that consensus may call it.
//
// Messages are read with ParseOperation, ParseConfiguration and ParseBlock, made with NewCreate, NewUpdate,
// NewConfiguration and NewBlock. Apply folds operations into records.
package protocol

// JSON-LD contexts that messages of this protocol may name.
const (
	ContextV1        = "https://w3id.org/webledger/v1"
	PatchContextV1   = "https://w3id.org/json-ld-patch/v1"
	IntegrityContext = "https://w3id.org/security/data-integrity/v2"
	Ed25519Context   = "https://w3id.org/security/suites/ed25519-2020/v1"
)

// Types of messages.
const (
	TypeCreate             = "CreateWebLedgerRecord"
	TypeUpdate             = "UpdateWebLedgerRecord"
	TypeConfiguration      = "WebLedgerConfiguration"
	TypeOperationEvent     = "WebLedgerOperationEvent"
	TypeConfigurationEvent = "WebLedgerConfigurationEvent"
	TypeBlock              = "WebLedgerEventBlock"
)

// MaxOperation is the size of the largest operation or configuration, in bytes as sent and in canonical form. It
// leaves room below the 1 MiB at which CometBFT's mempool stops.
const MaxOperation = 900 << 10

// MaxRecord is the size of the largest record in canonical form, in bytes: what a create can bring, an update cannot
// exceed.
const MaxRecord = MaxOperation

// MaxEventOperations is how many operations one event holds at most.
const MaxEventOperations = 1000

// MaxBlock is the size of the largest block with its events expanded, in bytes.
const MaxBlock = 4 << 20

// MaxID is the length of the longest record id, in bytes.
const MaxID = 1024
