package api

import (
	"errors"
	"io"

	"golang.org/x/sync/semaphore"
)

// maxBodies bounds what the bodies of all requests hold in memory at once, each as far as it has come.
const maxBodies = 64 << 20

// errNoRoom is why a body was not read to its end: others fill the room that there is.
var errNoRoom = errors.New("too many bodies at once")

// metered takes room for what is read of a body. Who sends slowly takes as much as he has sent.
type metered struct {
	io.ReadCloser
	room *semaphore.Weighted
	held int64
}

func (m *metered) Read(p []byte) (int, error) {
	n, err := m.ReadCloser.Read(p)
	if n > 0 && !m.room.TryAcquire(int64(n)) {
		return 0, errNoRoom
	}
	m.held += int64(max(0, n))
	return n, err
}

// release gives the room back. What was read is not kept longer than its request.
func (m *metered) release() { m.room.Release(m.held) }
