package wire

import (
	"context"
	"net"
	"sync"
	"time"

	toxiproxy "github.com/Shopify/toxiproxy/v2"
	"github.com/Shopify/toxiproxy/v2/stream"
	"github.com/rs/zerolog"
)

// lines are the connections of a wire, and the socket at which they begin. One change is made at a time; connections come
// and go meanwhile.
type lines struct {
	at       string       // where it listens, or did
	listener net.Listener // nil: nobody listens
	accepts  sync.WaitGroup

	mu   sync.Mutex       // over what follows
	to   string           // the node
	open []net.Conn       // both ends of every connection since the last cut; they may have ended by themselves
	pass *toxiproxy.Proxy // through which they pass; it never listens itself
}

// server is what toxiproxy wants for its log and its counts, which nobody reads.
var server = toxiproxy.NewServer(toxiproxy.NewMetricsContainer(nil), zerolog.Nop())

// lead leads to a node from now on, and ends every connection.
func (l *lines) lead(to string) {
	l.mu.Lock()
	l.to = to
	l.mu.Unlock()
	l.cut()
}

// cut ends every connection, and has later ones pass through another proxy, which has no fault.
func (l *lines) cut() {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, c := range l.open {
		_ = c.Close()
	}
	l.open, l.pass = nil, toxiproxy.NewProxy(server, "node", l.at, l.to)
}

// listen begins to listen, where it does not.
func (l *lines) listen(at string) error {
	if l.listener != nil {
		return nil
	}
	var socket net.ListenConfig
	listener, err := socket.Listen(context.Background(), "tcp", at)
	if err != nil {
		return err
	}
	l.listener, l.at = listener, listener.Addr().String()
	l.accepts.Go(func() { l.accept(listener) })
	return nil
}

// refuse stops listening, and ends every connection.
func (l *lines) refuse() {
	if l.listener != nil {
		_ = l.listener.Close()
		l.accepts.Wait()
		l.listener = nil
	}
	l.cut()
}

// accept takes connections until the listener is closed.
func (l *lines) accept(listener net.Listener) {
	for {
		client, err := listener.Accept()
		if err != nil {
			return
		}
		l.join(client)
	}
}

// toNode is how long a node may take to accept a connection.
const toNode = 5 * time.Second

// join connects a client with the node.
func (l *lines) join(client net.Conn) {
	l.mu.Lock()
	to, pass := l.to, l.pass
	l.mu.Unlock()
	way := net.Dialer{Timeout: toNode}
	node, err := way.DialContext(context.Background(), "tcp", to)
	if err != nil {
		_ = client.Close()
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.pass != pass { // it was cut meanwhile
		_ = client.Close()
		_ = node.Close()
		return
	}
	l.open = append(l.open, client, node)
	go through(pass, client, node)
}

// through has a proxy carry what either end says to the other. Its goroutines end when an end is closed.
func through(pass *toxiproxy.Proxy, client, node net.Conn) {
	name := client.RemoteAddr().String()
	pass.Toxics.StartLink(server, name+"upstream", client, node, stream.Upstream)
	pass.Toxics.StartLink(server, name+"downstream", node, client, stream.Downstream)
}
