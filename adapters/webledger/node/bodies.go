package node

import (
	"context"
	"errors"
	"io"
	"net/http"
	"time"

	"golang.org/x/sync/semaphore"

	"github.com/ftagateway/ftagateway/adapters/webledger/protocol"
)

// bodies bounds the bytes of large messages that are being read or worked on at once, and so the memory that senders
// can take. A small message needs no room, so that slow senders of large ones do not keep it out.
type bodies struct{ room *semaphore.Weighted }

const (
	maxBodies = 32 << 20
	smallBody = 16 << 10
	roomWait  = 2 * time.Second  // for room
	bodyWait  = 10 * time.Second // for a body's last byte
)

func newBodies() *bodies { return &bodies{semaphore.NewWeighted(maxBodies)} }

// read answers a request's body of at most MaxOperation bytes. The caller calls release once it needs it no more.
func (b *bodies) read(w http.ResponseWriter, r *http.Request) (body []byte, release func(), f *failure) {
	if r.ContentLength > protocol.MaxOperation {
		return nil, nil, tooLarge()
	}
	release, f = b.takeRoom(r.Context(), r.ContentLength)
	if f != nil {
		return nil, nil, f
	}
	// A writer that knows no deadlines has its caller's.
	_ = http.NewResponseController(w).SetReadDeadline(time.Now().Add(bodyWait))
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, protocol.MaxOperation))
	if err != nil {
		release()
		return nil, nil, unreadable(err)
	}
	return body, release, nil
}

func (b *bodies) takeRoom(ctx context.Context, size int64) (func(), *failure) {
	if size >= 0 && size <= smallBody {
		return func() {}, nil
	}
	if size < 0 {
		size = protocol.MaxOperation
	}
	ctx, cancel := context.WithTimeout(ctx, roomWait)
	defer cancel()
	if err := b.room.Acquire(ctx, size); err != nil {
		return nil, unavailable("too much is being sent at once")
	}
	return func() { b.room.Release(size) }, nil
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
