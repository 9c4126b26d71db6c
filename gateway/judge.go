package gateway

import (
	"bytes"
	"context"
	"encoding/json"
	"strings"

	"github.com/ftagateway/ftagateway/adapters"
	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/translate"
	"github.com/ftagateway/ftagateway/trust"
)

// judged is a record while an answer about it is being made.
type judged struct {
	member   Member
	reading  *adapters.Reading
	checks   []trust.Check
	findings []model.Finding
	newest   uint64          // version of the record, where an older one counts
	document *model.Document // nil until fetched and found to be the recorded one
	verdict  trust.Verdict
}

// look says how closely a record is to be looked at.
type look struct {
	// documents fetches the document behind the record from its evidence server.
	documents bool
	// asked is where the witness log ended when the ledger was asked for its newest version, so that an older one than was
	// known by then is a rollback; zero if it was asked for a certain version.
	asked uint64
}

// judge checks what the ledger layer could not: order of versions against the witness log, authority, and the document.
// The life cycle of an entry needs its other records and is added by whoever has them.
func (g *Gateway) judge(ctx context.Context, m Member, r *adapters.Reading, how look) *judged {
	j := &judged{member: m, reading: r, newest: r.Entry.Version, checks: append([]trust.Check(nil), r.Checks...)}
	if r.Says != nil {
		seen := g.versions(ctx, m, r, how.asked)
		j.checks = append(j.checks, seen.check, g.authorityOf(r, seen.witnessed), firstStep(r.Says))
		j.checks = append(j.checks, g.evidence(ctx, j, how.documents))
	} else {
		g.notProven(m, r)
	}
	j.conclude(g)
	return j
}

// conclude makes the verdict of the checks as they stand.
func (j *judged) conclude(g *Gateway) {
	r := j.reading
	for i := range j.checks {
		j.checks[i].Reason = brief(j.checks[i].Reason)
	}
	j.verdict = trust.Judge(j.checks, j.member.Describe().Require, trust.Subject{
		SenderKnown: g.knowsSender(j),
		Mapping:     r.Mapping.String(),
		AsOf:        g.heads.aged(j.member.Slug(), r.AsOf(), g.Now()),
	})
}

// knowsSender reports whether the chain authenticated who sent it. Where nobody signed, that is worth no more than the
// ledger's word until a participant is known by that name.
func (g *Gateway) knowsSender(j *judged) bool {
	by := j.reading.Entry.Author
	if !j.member.Derives() {
		return by.ID != ""
	}
	_, known := g.Participants.BySender(sender(by, j.reading.Ledger))
	return known
}

const maxReason = 300 // bytes

// brief shortens a reason. It may name members of what a ledger showed, which are as long as that ledger likes.
func brief(reason string) string {
	if len(reason) <= maxReason {
		return reason
	}
	return strings.ToValidUTF8(reason[:maxReason], "") + "..."
}

// replace puts a check in the place of the one of its name.
func (j *judged) replace(g *Gateway, c trust.Check) {
	for i := range j.checks {
		if j.checks[i].Name == c.Name {
			j.checks[i] = c
		}
	}
	j.conclude(g)
}

func (j *judged) says() *adapters.Statement { return j.reading.Says }

// answer shows a judged record. Content of an invalid one is withheld unless it is asked for.
func (j *judged) answer(withInvalid bool) Answer {
	a := Answer{
		ID: j.reading.ID, Version: j.reading.Entry.Version, Copy: j.reading.Copy,
		Ledger: j.member.Slug(), URI: j.member.Describe().URI,
		State: Current, Verdict: j.verdict, Findings: j.findings, confirmed: confirmed(j.reading.Entry.Seen),
	}
	if s := j.says(); s != nil {
		a.Type, a.Event = s.Type, s.Event
	}
	if j.verdict.Outcome == trust.Invalid && !withInvalid {
		return a
	}
	if d := j.reading.Derived; d != nil {
		a.Derived = shown(d)
		return a
	}
	a.Record = json.RawMessage(content(j.reading))
	if j.document != nil {
		a.Document = json.RawMessage(j.document.Bytes)
	}
	return a
}

// shown is a derived record as it is answered. What was decoded from JSON can be written as JSON.
func shown(d *translate.Derived) json.RawMessage {
	data, err := json.Marshal(d)
	if err != nil {
		return nil
	}
	return data
}

// content is the record's bytes, or, where they are no record, the body if it is at least JSON.
func content(r *adapters.Reading) []byte {
	if r.Record != nil {
		return r.Record.Bytes
	}
	var compact bytes.Buffer
	if json.Compact(&compact, r.Entry.Body) != nil {
		return nil
	}
	return compact.Bytes()
}
