package protocol

import "encoding/json"

// Accept is what a client asks for.
const Accept = "application/ld+json, application/json"

// Services are the addresses of what a ledger agent offers. A client takes them from here and never builds a path.
type Services struct {
	Status    string `json:"ledgerAgentStatusService"`
	Config    string `json:"ledgerConfigService"`
	Operation string `json:"ledgerOperationService"`
	Event     string `json:"ledgerEventService"`
	Block     string `json:"ledgerBlockService"`
	Query     string `json:"ledgerQueryService"`
}

// AgentSummary is one line of AgentList.
type AgentSummary struct {
	ID      string   `json:"id"` // urn:uuid
	Name    string   `json:"name"`
	Service Services `json:"service"`
}

// AgentList answers GET /ledger-agents, where every client begins.
type AgentList struct {
	LedgerAgent []AgentSummary `json:"ledgerAgent"`
}

// Agent answers GET /ledger-agents/<uuid>.
type Agent struct {
	Context           any             `json:"@context"`
	ID                string          `json:"id"`
	LatestConfigEvent json.RawMessage `json:"latestConfigEvent"` // a TypeConfigurationEvent
	Name              string          `json:"name"`
	Owner             string          `json:"owner,omitempty"`
	Public            bool            `json:"public"`
	Service           Services        `json:"service"`
	TargetNode        string          `json:"targetNode"` // what operations sent here must name as their creator
}

// RecordAnswer answers the query service.
type RecordAnswer struct {
	Record json.RawMessage `json:"record"`
	Meta   RecordMeta      `json:"meta"`
}

// RecordMeta says how often a record was updated.
type RecordMeta struct {
	Sequence uint64 `json:"sequence"`
}

// BlockAnswer answers the block service for one id.
type BlockAnswer struct {
	Block json.RawMessage `json:"block"`
	Meta  BlockMeta       `json:"meta"`
}

// BlockMeta is what a node says about a block beside it.
type BlockMeta struct {
	BlockHash     string `json:"blockHash"`
	Consensus     bool   `json:"consensus"`
	ConsensusDate int64  `json:"consensusDate"` // milliseconds since 1970, UTC, as the consensus has it
}

// BlocksAnswer answers the block service without an id.
type BlocksAnswer struct {
	Genesis BlockAnswer `json:"genesis"`
	Latest  BlockAnswer `json:"latest"`
}

// EventAnswer answers the event service.
type EventAnswer struct {
	Event json.RawMessage `json:"event"`
	Meta  EventMeta       `json:"meta"`
}

// EventMeta is what a node says about an event beside it.
type EventMeta struct {
	EventHash     string `json:"eventHash"`
	BlockHeight   uint64 `json:"blockHeight"`
	Consensus     bool   `json:"consensus"`
	ConsensusDate int64  `json:"consensusDate"`
}

// FailureType classifies a Failure, as bedrock nodes name them.
type FailureType string

// The types of failure, each with the HTTP status that it comes with.
const (
	FailureSyntax      FailureType = "SyntaxError"      // 400: not the JSON of a message
	FailureValidation  FailureType = "ValidationError"  // 400: JSON, but not of the protocol's shape
	FailureNotAllowed  FailureType = "NotAllowedError"  // 400: no valid proof by an approved signer, or for another node
	FailureDuplicate   FailureType = "DuplicateError"   // 409: stands on the ledger already
	FailureNotFound    FailureType = "NotFoundError"    // 404
	FailureTooLarge    FailureType = "TooLargeError"    // 413
	FailureUnavailable FailureType = "UnavailableError" // 503: ask again after Retry-After; what was sent may yet be taken
)

// Failure is the body of every answer that is an error.
type Failure struct {
	Message string      `json:"message"`
	Type    FailureType `json:"type"`
	Details any         `json:"details,omitempty"`
}
