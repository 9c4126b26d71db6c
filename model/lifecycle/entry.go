package lifecycle

// The states of an entry summary. A draft stands on no ledger.
const (
	Draft        State = "draft"
	Filed        State = "filed"
	Accepted     State = "accepted"
	Rejected     State = "rejected"
	Canceled     State = "canceled"
	Inactive     State = "inactive"
	Liquidated   State = "liquidated"
	Protested    State = "protested"
	Reliquidated State = "reliquidated"
	Settled      State = "final" // the liquidation stands for good
)

// The steps of an entry summary.
const (
	File            Event = "file"
	Accept          Event = "accept"
	Reject          Event = "reject"
	Refile          Event = "refile"
	Correct         Event = "correct"
	Cancel          Event = "cancel"
	Inactivate      Event = "inactivate"
	Liquidate       Event = "liquidate"
	Protest         Event = "protest"
	Approve         Event = "approve"
	Deny            Event = "deny"
	WithdrawProtest Event = "withdrawProtest"
)

var (
	byFiler = []Role{Filer}
	byCBP   = []Role{CBP}
)

var entryRows = []Row{
	{From: Draft, Event: File, To: Filed, Who: byFiler, Rules: []Rule{signed, entryNumber, certificates}},
	{From: Filed, Event: Accept, To: Accepted, Who: byCBP},
	{From: Filed, Event: Reject, To: Rejected, Who: byCBP, Rules: []Rule{rejectReason}},
	{From: Rejected, Event: Refile, To: Filed, Who: byFiler, Rules: []Rule{nextVersion}},
	{From: Accepted, Event: Correct, To: Filed, Who: byFiler, Rules: []Rule{correctable, beforeLiquidation}},
	{From: Accepted, Event: Cancel, To: Canceled, Who: byCBP, Rules: []Rule{reason}},
	{From: Accepted, Event: Inactivate, To: Inactive, Who: byCBP, Rules: []Rule{reason}},
	{From: Accepted, Event: Liquidate, To: Liquidated, Who: byCBP, Rules: []Rule{reason}},
	{From: Liquidated, Event: Protest, To: Protested, Who: byFiler, Rules: []Rule{protestable}},
	{From: Protested, Event: Approve, To: Reliquidated, Who: byCBP},
	{From: Protested, Event: Deny, To: Settled, Who: byCBP},
	{From: Protested, Event: WithdrawProtest, To: Settled, Who: byFiler},
}
