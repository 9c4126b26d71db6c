package fabric

import (
	"context"
	"time"

	"github.com/hyperledger/fabric-protos-go/peer"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/fabric/inclusion"
)

// Prove asks a peer of each organisation in the profile for the entry's block, and makes a proof of what they signed. An
// organisation of which no peer answers is left out: whether the others are enough, the anchors of who verifies say.
func (l *Ledger) Prove(ctx context.Context, e *driver.Entry) (*driver.Proof, error) {
	if !l.schema.Entries.Numbered() {
		return nil, driver.Errorf(driver.Unsupported, "state keys of this chaincode do not say which version they are")
	}
	ctx, n, leave, err := l.enter(ctx)
	if err != nil {
		return nil, err
	}
	defer leave()
	if _, err := l.ready(ctx, n); err != nil {
		return nil, err
	}
	known, err := n.version(e.Key, e.Version)
	if err != nil {
		return nil, err
	}
	if known == nil {
		return nil, driver.Errorf(driver.NotFound, "no block holds version %d of this key", e.Version)
	}
	answers, err := l.answers(ctx, n, known.Height)
	if err != nil {
		return nil, err
	}
	return inclusion.Prove(known, l.target.chaincode, &l.schema.Entries, answers)
}

// answers asks all organisations at the same time. Once one has answered, the others have as long again, and a second at
// least. The error is the last one's, where nobody answers.
func (l *Ledger) answers(ctx context.Context, n *network, number uint64) ([]*peer.ProposalResponse, error) {
	asking, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	heard := make(chan said)
	for _, peers := range l.profile.witnesses {
		l.calls.Go(func() {
			a, err := n.answerOf(asking, peers, number)
			heard <- said{a, err}
		})
	}
	all, err := collect(heard, len(l.profile.witnesses), cancel)
	if ended := driver.FromContext(ctx); ended != nil {
		return nil, ended
	}
	return all, err
}

// said is what became of asking an organisation.
type said struct {
	answer *peer.ProposalResponse
	err    error
}

const lastAnswers = time.Second

func collect(heard <-chan said, organisations int, stop func()) (all []*peer.ProposalResponse, _ error) {
	began := time.Now()
	var last error
	for range organisations {
		s := <-heard
		if s.err != nil {
			last = s.err
			continue
		}
		if all = append(all, s.answer); len(all) == 1 {
			rest := time.AfterFunc(max(lastAnswers, time.Since(began)), stop)
			defer rest.Stop()
		}
	}
	if len(all) == 0 {
		return nil, last
	}
	return all, nil
}

// answerPause is how long a peer is left alone that has not the block yet, or does not answer.
const answerPause = 50 * time.Millisecond

// answerOf asks the peers of an organisation in turn, and again: a peer may be a moment behind the one that showed the
// block first.
func (n *network) answerOf(ctx context.Context, peers []string, number uint64) (*peer.ProposalResponse, error) {
	for i := 0; ; i++ {
		a, err := n.client.answer(ctx, peers[i%len(peers)], number)
		if err == nil || !driver.IsOutage(err) {
			return a, err
		}
		if pause(ctx, answerPause) != nil {
			return nil, driver.Errorf(driver.Unavailable, "no peer of an organisation answers: %w", err)
		}
	}
}
