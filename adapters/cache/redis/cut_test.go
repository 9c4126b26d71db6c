package redis_test

import (
	"io"
	"math"
	"net"
	"sync"
	"sync/atomic"
	"testing"
)

// cutting leads to a server, and ends all connections once so many bytes were sent to it. (Toxiproxy's limit leaves
// goroutines behind when what it holds back has nowhere to go.)
type cutting struct {
	net.Listener
	to   string
	left atomic.Int64
	work sync.WaitGroup
}

func cuttingTo(t *testing.T, to string) *cutting {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	c := &cutting{Listener: l, to: to}
	c.mend()
	c.work.Go(c.accept)
	t.Cleanup(func() {
		c.after(0)
		_ = l.Close()
		c.work.Wait()
	})
	return c
}

func (c *cutting) after(bytes int) { c.left.Store(int64(bytes)) }
func (c *cutting) mend()           { c.left.Store(math.MaxInt64) }

func (c *cutting) accept() {
	for {
		client, err := c.Accept()
		if err != nil {
			return
		}
		c.work.Go(func() { c.lead(client) })
	}
}

func (c *cutting) lead(client net.Conn) {
	server, err := net.Dial("tcp", c.to)
	if err != nil {
		_ = client.Close()
		return
	}
	c.work.Go(func() { // answers, until either end closes
		_, _ = io.Copy(client, server)
		_ = client.Close()
	})
	_, _ = io.Copy(limited{server, &c.left}, client)
	_ = server.Close()
}

// limited takes what is left, and then fails.
type limited struct {
	io.Writer
	left *atomic.Int64
}

func (l limited) Write(b []byte) (int, error) {
	rest := l.left.Add(-int64(len(b)))
	if rest >= 0 {
		return l.Writer.Write(b)
	}
	n, _ := l.Writer.Write(b[:max(0, int64(len(b))+rest)])
	return n, io.ErrShortWrite
}
