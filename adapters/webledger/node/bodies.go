package node

import (
	"context"
	"errors"
	"io"
	"net/http"

	"golang.org/x/sync/semaphore"

	"github.com/ftagateway/ftagateway/adapters/webledger/protocol"
)

// bodies bounds the bytes of messages that are being worked on at once, and so the memory that senders can take.
type bodies struct{ room *semaphore.Weighted }

const maxBodies = 32 << 20

func newBodies() *bodies { return &bodies{semaphore.NewWeighted(maxBodies)} }

// read answers a request's body of at most MaxOperation bytes. The caller calls release once it needs it no more.
func (b *bodies) read(w http.ResponseWriter, r *http.Request) (body []byte, release func(), f *failure) {
	size := r.ContentLength
	if size > protocol.MaxOperation {
		return nil, nil, tooLarge()
	}
	if size < 0 {
		size = protocol.MaxOperation
	}
	if err := b.room.Acquire(r.Context(), size); err != nil {
		return nil, nil, unavailable("too much is being sent at once")
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, protocol.MaxOperation))
	if err != nil {
		b.room.Release(size)
		return nil, nil, unreadable(err)
	}
	return body, func() { b.room.Release(size) }, nil
}

func unreadable(err error) *failure {
	var most *http.MaxBytesError
	if errors.As(err, &most) {
		return tooLarge()
	}
	return fail(http.StatusBadRequest, protocol.FailureSyntax, "The body cannot be read to its end.")
}

func tooLarge() *failure {
	return fail(http.StatusRequestEntityTooLarge, protocol.FailureTooLarge, "The message is larger than 900 KiB.")
}

// drain waits until nobody works on a message any more.
func (b *bodies) drain() {
	if err := b.room.Acquire(context.Background(), maxBodies); err == nil {
		b.room.Release(maxBodies)
	}
}
