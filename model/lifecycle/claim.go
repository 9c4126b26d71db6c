package lifecycle

// The states of a line's claim for preference.
const (
	Claimed             State = "claimed"
	UnderReview         State = "underReview"
	RequestIssued       State = "requestIssued"
	RequestAcknowledged State = "requestAcknowledged"
	RequestAnswered     State = "requestAnswered"
	RequestOverdue      State = "requestOverdue"
	NoticeProposed      State = "noticeProposed"
	NoticeContested     State = "noticeContested"
	NoticeTaken         State = "noticeTaken"
	Substantiated       State = "substantiated"
	Denied              State = "denied"
	Withdrawn           State = "withdrawn"
)

// The steps of a claim. A request is CBP Form 28, a notice CBP Form 29. An answer may be partial or full: either ends
// the time limit, and CBP follows up on what is missing.
const (
	StartReview    Event = "startReview"
	IssueRequest   Event = "issueRequest"
	Acknowledge    Event = "acknowledge"
	Answer         Event = "answer"
	Overdue        Event = "overdue"
	AcceptAnswer   Event = "acceptAnswer"
	FollowUp       Event = "followUp"
	ProposeNotice  Event = "proposeNotice"
	Contest        Event = "contest"
	Agree          Event = "agree"
	Expire         Event = "expire"
	WithdrawNotice Event = "withdrawNotice"
	TakeNotice     Event = "takeNotice"
	Determine      Event = "determine"
	Withdraw       Event = "withdraw"
)

var (
	byRespondent = []Role{Respondent}
	byImporter   = []Role{Importer}
	toAnswer     = Timer{daysToAnswer, Overdue}
	toContest    = Timer{daysToContest, Expire}
)

// A review that starts is an advisory lease on a worker, and would tell on a ledger whom customs looks at.
var claimRows = []Row{
	{From: Claimed, Event: StartReview, To: UnderReview, Who: byCBP, Unrecorded: true},
	{From: UnderReview, Event: IssueRequest, To: RequestIssued, Who: byCBP, Timer: toAnswer},
	{From: RequestIssued, Event: Acknowledge, To: RequestAcknowledged, Who: byRespondent, KeepsTimer: true},
	{From: RequestIssued, Event: Answer, To: RequestAnswered, Who: byRespondent, Rules: []Rule{evidence}},
	{From: RequestAcknowledged, Event: Answer, To: RequestAnswered, Who: byRespondent, Rules: []Rule{evidence}},
	{From: RequestIssued, Event: Overdue, To: RequestOverdue, ByClock: true},
	{From: RequestAcknowledged, Event: Overdue, To: RequestOverdue, ByClock: true},
	{From: RequestAnswered, Event: AcceptAnswer, To: Substantiated, Who: byCBP},
	{From: RequestAnswered, Event: FollowUp, To: RequestIssued, Who: byCBP, Timer: toAnswer},
	{From: UnderReview, Event: ProposeNotice, To: NoticeProposed, Who: byCBP, Timer: toContest},
	{From: RequestAnswered, Event: ProposeNotice, To: NoticeProposed, Who: byCBP, Timer: toContest},
	{From: RequestOverdue, Event: ProposeNotice, To: NoticeProposed, Who: byCBP, Timer: toContest},
	{From: NoticeProposed, Event: Contest, To: NoticeContested, Who: byRespondent},
	{From: NoticeProposed, Event: Agree, To: NoticeTaken, Who: byRespondent},
	{From: NoticeProposed, Event: Expire, To: NoticeTaken, ByClock: true},
	{From: NoticeContested, Event: WithdrawNotice, To: Substantiated, Who: byCBP},
	{From: NoticeContested, Event: TakeNotice, To: NoticeTaken, Who: byCBP},
	{From: NoticeTaken, Event: Determine, To: Denied, Who: byCBP, Rules: []Rule{determination}},
	{From: Claimed, Event: Withdraw, To: Withdrawn, Who: byImporter},
}
