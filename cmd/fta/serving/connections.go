package serving

import (
	"container/list"
	"context"
	"crypto/tls"
	"net"
	"net/http"
	"sync"
)

// connections bounds how many clients are connected at once. When one more comes, the one goes that has waited longest
// without a request of its own being worked on: clients who send a header a byte at a time, or hold connections for
// nothing, keep nobody out. Only where every connection is at work is the new one turned away.
type connections struct {
	net.Listener
	most int

	mu      sync.Mutex
	all     int
	waiting *list.List // of *connection, the longest waiting first
}

// connection is one of them. Its place is nil while a request is worked on, and after it was closed.
type connection struct {
	net.Conn
	of     *connections
	place  *list.Element // guarded by of.mu
	closed bool          // guarded by of.mu
}

func atMost(most int, l net.Listener) *connections {
	return &connections{Listener: l, most: most, waiting: list.New()}
}

// Accept waits for the next client that there is room for, or can be made.
func (c *connections) Accept() (net.Conn, error) {
	for {
		accepted, err := c.Listener.Accept()
		if err != nil {
			return nil, err
		}
		if next := c.add(accepted); next != nil {
			return next, nil
		}
		_ = accepted.Close()
	}
}

// add takes a client in, and closes the one that has to go for it; nil where none can.
func (c *connections) add(accepted net.Conn) *connection {
	c.mu.Lock()
	var goes *connection
	if c.all >= c.most {
		front := c.waiting.Front()
		if front == nil {
			c.mu.Unlock()
			return nil
		}
		goes = front.Value.(*connection)
		goes.leave()
	}
	next := &connection{Conn: accepted, of: c}
	next.place = c.waiting.PushBack(next)
	c.all++
	c.mu.Unlock()
	if goes != nil {
		_ = goes.Conn.Close()
	}
	return next
}

// leave gives up its part of the room, once. The caller holds of.mu.
func (n *connection) leave() {
	if n.closed {
		return
	}
	n.closed = true
	n.of.all--
	if n.place != nil {
		n.of.waiting.Remove(n.place)
		n.place = nil
	}
}

// Close closes it and makes room.
func (n *connection) Close() error {
	n.of.mu.Lock()
	n.leave()
	n.of.mu.Unlock()
	return n.Conn.Close()
}

// working has it stay while a request of its own is worked on; the function that it answers ends that.
func (n *connection) working() (done func()) {
	n.of.mu.Lock()
	defer n.of.mu.Unlock()
	if n.place != nil {
		n.of.waiting.Remove(n.place)
		n.place = nil
	}
	return n.waits
}

func (n *connection) waits() {
	n.of.mu.Lock()
	defer n.of.mu.Unlock()
	if !n.closed && n.place == nil {
		n.place = n.of.waiting.PushBack(n)
	}
}

type connectionKey struct{}

// known keeps with a request which connection it came by.
func known(ctx context.Context, c net.Conn) context.Context {
	if secure, ok := c.(*tls.Conn); ok {
		c = secure.NetConn()
	}
	return context.WithValue(ctx, connectionKey{}, c)
}

// atWork marks the connection of each request for as long as it is worked on.
func atWork(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if c, ok := r.Context().Value(connectionKey{}).(*connection); ok {
			defer c.working()()
		}
		next.ServeHTTP(w, r)
	})
}
