package gateway

import (
	"context"
	"encoding/json"

	"github.com/ftagateway/ftagateway/model"
)

// Shared is what gateways that serve as one tell each other of submissions, so that a caller may ask any of them. What
// stands there is kept elsewhere too: it may be lost, or away, and each gateway then knows what it has taken itself. It
// answers soon, or an error, which it has told and counted; and it gives nothing that no gateway has put there.
type Shared interface {
	// Told answers what was told last of a submission, nil where nothing was.
	Told(ctx context.Context, id string) ([]byte, error)
	Tell(ctx context.Context, id string, what []byte) error
	// Claim has a caller's own name stand for a submission, unless it stands for one already. It answers for which.
	Claim(ctx context.Context, callers, id string) (stands string, err error)
	// Forget takes back what was told, and the caller's name unless that is empty.
	Forget(ctx context.Context, id, callers string) error
}

// told is a submission as another gateway told of it last; nil where none did. An error says that this is not known now.
func (g *Gateway) told(ctx context.Context, id string) (*kept, error) {
	if g.Shared == nil {
		return nil, nil
	}
	data, err := g.Shared.Told(ctx, id)
	if err != nil || data == nil {
		return nil, err
	}
	k := &kept{}
	if err := json.Unmarshal(data, k); err != nil {
		return nil, err
	}
	return k, nil
}

// tell tells the others how far a submission has come. Who asked for it may be gone: that it is known does not hang on them.
func (g *Gateway) tell(ctx context.Context, id string, data []byte) {
	if g.Shared != nil {
		_ = g.Shared.Tell(context.WithoutCancel(ctx), id, data)
	}
}

// claim has a caller's name stand for a submission everywhere. It is a Conflict where it stands for another one.
func (g *Gateway) claim(ctx context.Context, callers, id string) error {
	if g.Shared == nil || callers == "" {
		return nil
	}
	stands, err := g.Shared.Claim(ctx, callers, id)
	if err == nil && stands != id {
		return keyUsed()
	}
	return nil // where it cannot be asked, the name holds within this gateway
}

// keyUsed refuses a caller's name that stands for something else.
func keyUsed() error {
	return &Problem{Code: Conflict, Detail: "the Idempotency-Key was used for another submission"}
}

// elsewhere answers the receipt of a submission that another gateway has taken, for who only asks: that one is writing it,
// and whether it stands on its ledger can be seen.
func (g *Gateway) elsewhere(ctx context.Context, id string) (*SubmissionReceipt, error) {
	k, err := g.told(ctx, id)
	switch {
	case err != nil:
		return nil, &Problem{Code: NotFoundSoFar, Detail: "no submission of that id was taken here, and what other gateways took is not known now", Err: err}
	case k == nil:
		return nil, noSubmission()
	}
	m, err := g.member(k.Receipt.Ledger)
	if err != nil || !unsettled(&k.Receipt) {
		return &k.Receipt, err
	}
	record, err := model.ParseRecord(k.Record)
	if err != nil {
		return nil, err
	}
	stands, _ := g.already(ctx, m, record)
	if stands == nil { // or it cannot be seen now: no more is known
		return &k.Receipt, nil
	}
	g.apply(k, stands)
	g.seen(record, stands)
	return &k.Receipt, g.sign(&k.Receipt)
}
