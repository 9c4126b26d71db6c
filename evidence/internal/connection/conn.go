package connection

import (
	"bufio"
	"errors"
	"io"
	"math"
	"net"
	"net/http"
	"time"
)

// conn is a connection with at most one request on it.
type conn struct {
	net.Conn          // as it is read and written
	raw      net.Conn // below TLS
	in       *bufio.Reader
	out      *bufio.Writer
	left     int64 // bytes that are still taken
	heard    bool  // something of the answer has come
	ends     *time.Timer
}

func newConn(c, raw net.Conn) *conn {
	n := &conn{Conn: c, raw: raw, out: bufio.NewWriter(c)}
	n.in = bufio.NewReader(bounded{n})
	return n
}

func (c *conn) close() { _ = c.Conn.Close() } // whatever it still has is not wanted

var (
	errHeader   = errors.New("the answer's header is larger than is taken")
	errNoAnswer = errors.New("the server goes on to say that an answer will come, or speaks another protocol")
)

// bounded reads a connection as far as it may be.
type bounded struct{ *conn }

func (b bounded) Read(p []byte) (int, error) {
	if b.left <= 0 {
		return 0, errHeader
	}
	n, err := b.Conn.Read(p[:min(int64(len(p)), b.left)])
	b.left -= int64(n)
	b.heard = b.heard || n > 0
	return n, err
}

// maxInterim is how often a server may say that an answer will come.
const maxInterim = 5

// answer reads the header of an answer of at most max bytes.
func (c *conn) answer(req *http.Request, max int64) (*http.Response, error) {
	c.left = max
	for range maxInterim {
		resp, err := http.ReadResponse(c.in, req)
		if err != nil {
			return nil, err
		}
		if resp.StatusCode == http.StatusSwitchingProtocols {
			return nil, errNoAnswer
		}
		if resp.StatusCode >= http.StatusOK {
			c.left = math.MaxInt64
			return resp, nil
		}
	}
	return nil, errNoAnswer
}

// silent reports whether nothing has come on an idle connection, neither a byte nor its end: nothing that was read
// already and not taken, and nothing that waits in the kernel. It waits for nothing.
func (c *conn) silent() bool {
	if c.in.Buffered() > 0 || !quiet(c.raw) {
		return false
	}
	if c.raw == c.Conn {
		return true
	}
	// Below TLS nothing waits; TLS itself may have decrypted more than was taken of it. It is asked with a time that has
	// passed, and so answers what it has, or that its time has passed.
	if c.SetReadDeadline(time.Unix(1, 0)) != nil {
		return false
	}
	var timeout net.Error
	n, err := c.Conn.Read(make([]byte, 1))
	return n == 0 && errors.As(err, &timeout) && timeout.Timeout()
}

// body is that of an answer. Read to its end and closed, it gives its connection back.
type body struct {
	io.ReadCloser
	whole bool
	end   func(whole bool) // nil once it was closed
}

// Read is that of io.Reader.
func (b *body) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	b.whole = b.whole || errors.Is(err, io.EOF)
	return n, err
}

// Close is that of io.Closer. What was not read is not waited for.
func (b *body) Close() error {
	if b.end != nil {
		b.end(b.whole)
		b.end = nil
	}
	return nil
}
