package model

// EntryDisposition is what customs decides about one version of an entry summary. It stands on customs' own ledger.
type EntryDisposition struct {
	Entry       Pin      `json:"entry"` // the version that was decided about
	Action      string   `json:"action"`
	ReasonCodes []string `json:"reasonCodes,omitempty"` // list rejectReasons
	Remarks     string   `json:"remarks,omitempty"`     // at most 500 characters
	DecidedOn   Date     `json:"decidedOn"`
	Team        string   `json:"team,omitempty"`
}

// What customs can decide. Each is the life cycle's event of that name.
const (
	ActionAccept     = "accept"
	ActionReject     = "reject"
	ActionCancel     = "cancel"
	ActionInactivate = "inactivate"
	ActionLiquidate  = "liquidate"
	ActionApprove    = "approve" // a protest
	ActionDeny       = "deny"    // a protest
)

// ReasonOther is the reject reason that says nothing by itself.
const ReasonOther = "998"
