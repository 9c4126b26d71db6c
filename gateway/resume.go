package gateway

import (
	"bytes"
	"context"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// resumeEvery is how often unsettled submissions are gone on with.
const resumeEvery = 30 * time.Second

// Resume goes on with every submission that was acknowledged and is not settled, at once and then from time to time, until
// ctx ends. A client that was told "pending" need not ask again for its record to be written, and a crash after the
// acknowledgement loses nothing. One Resume serves a gateway; it runs in its caller's goroutine.
func (g *Gateway) Resume(ctx context.Context) {
	tick := time.NewTicker(resumeEvery)
	defer tick.Stop()
	for {
		g.resumeAll(ctx)
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// resumeAll goes on with each once. What cannot be settled now stays for the next time.
func (g *Gateway) resumeAll(ctx context.Context) {
	ids, err := g.open()
	if err != nil {
		g.Log.ErrorContext(ctx, "unsettled submissions cannot be listed", "cause", err)
		return
	}
	for _, id := range ids {
		if ctx.Err() != nil {
			return
		}
		err := contained(func() error {
			_, err := g.Submitted(ctx, id)
			return err
		})
		if err != nil {
			g.Log.WarnContext(ctx, "a submission could not be gone on with", "submission", id, "code", driver.CodeOf(err))
		}
	}
}

// maxResumed bounds one round.
const maxResumed = 1000

// open lists the submissions that are not settled.
func (g *Gateway) open() ([]string, error) {
	var ids []string
	err := g.Store.Scan(openPrefix, nil, func(key, _ []byte) bool {
		ids = append(ids, string(bytes.TrimPrefix(key, openPrefix)))
		return len(ids) < maxResumed
	})
	return ids, err
}

var openPrefix = []byte("open/")

func openKey(id string) []byte { return append(bytes.Clone(openPrefix), id...) }

// openMark notes whether a submission is settled, in the same write as the submission itself.
func openMark(k *kept) driver.Change {
	mark := driver.Change{Key: openKey(k.Receipt.ID)}
	if unsettled(&k.Receipt) {
		mark.Value = []byte{}
	}
	return mark
}

// unsettled reports whether more can be learnt of a submission.
func unsettled(r *SubmissionReceipt) bool {
	return r.State == driver.Pending || r.State == driver.Included
}
