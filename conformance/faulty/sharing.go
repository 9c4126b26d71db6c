package faulty

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

var sharingFaults = []Fault{{
	Name: "shared-answers", Breaks: "Keeps what it answered, and gives the very same to the next caller.",
	Caught: "read/answers-belong-to-the-caller",
	bend:   sharedAnswers,
}, {
	Name: "one-buffer", Breaks: "Reads every body into one buffer.",
	Caught: "read/answers-stay",
	bend:   oneBuffer,
}, {
	Name: "answers-the-other-caller", Breaks: "Answers two who ask at once each with what the other asked for.",
	Caught: "read/many-readers",
	bend:   answersTheOtherCaller,
}, {
	Name: "version-goes-back", Breaks: "Asks two nodes by turns, one of which lags behind.",
	Caught: "read/readers-beside-a-writer",
	bend:   versionGoesBack,
}}

func sharedAnswers(b *bent) {
	var mu sync.Mutex
	kept := map[driver.Ref]*driver.Entry{}
	b.get = func(ctx context.Context, ref driver.Ref) (*driver.Entry, error) {
		mu.Lock()
		defer mu.Unlock()
		if kept[ref] != nil {
			return kept[ref], nil
		}
		e, err := b.Ledger.Get(ctx, ref)
		if err == nil {
			kept[ref] = e
		}
		return e, err
	}
}

func oneBuffer(b *bent) {
	var mu sync.Mutex
	buffer := make([]byte, 1<<20)
	b.got(func(e *driver.Entry) {
		mu.Lock()
		defer mu.Unlock()
		e.Body = buffer[:copy(buffer, e.Body)]
	})
}

// answersTheOtherCaller lets a caller wait a moment for another one, and then exchanges what they asked for.
func answersTheOtherCaller(b *bent) {
	meet := make(chan driver.Ref)
	b.get = func(ctx context.Context, ref driver.Ref) (*driver.Entry, error) {
		moment := time.NewTimer(time.Millisecond)
		defer moment.Stop()
		select {
		case meet <- ref:
		case other := <-meet:
			return b.Ledger.Get(ctx, other)
		case <-moment.C:
		}
		return b.Ledger.Get(ctx, ref)
	}
}

func versionGoesBack(b *bent) {
	var turn atomic.Uint64
	right := b.Ledger.Get
	b.get = func(ctx context.Context, ref driver.Ref) (*driver.Entry, error) {
		e, err := right(ctx, ref)
		if err == nil && ref.Version == 0 && e.Version > 1 && turn.Add(1)%2 == 0 {
			return right(ctx, driver.Ref{Key: ref.Key, Version: e.Version - 1, Finality: ref.Finality})
		}
		return e, err
	}
}
