package redistest

import (
	"context"
	"fmt"
	"net"
	"strings"
	"testing"
	"time"
)

// Cluster is a Redis cluster that a test began, all on this machine.
type Cluster struct {
	Masters  []*Server
	Replicas []*Server // of the master of the same number; none where there was not to be any
}

const slots = 16384

// StartCluster begins a cluster of so many masters, with a replica each or none, that agree on who has what and hold the
// same. It ends with the test. A node is given up when it was silent for a minute: a test that wants it sooner says so by
// GiveUpAfter.
func StartCluster(t testing.TB, masters int, replicas bool, options ...string) *Cluster {
	t.Helper()
	return form(t, masters, replicas, func(needed ...string) *Server { return Start(t, append(needed, options...)...) })
}

// form has servers that are begun with the options that a node needs become a cluster.
func form(t testing.TB, masters int, replicas bool, start func(needed ...string) *Server) *Cluster {
	t.Helper()
	c := &Cluster{}
	for range masters {
		c.Masters = append(c.Masters, startNode(t, start))
		if replicas {
			c.Replicas = append(c.Replicas, startNode(t, start))
		}
	}
	for i, s := range c.Masters {
		s.must(t, "CLUSTER", "ADDSLOTSRANGE", i*slots/masters, (i+1)*slots/masters-1)
		s.must(t, "CLUSTER", "SET-CONFIG-EPOCH", i+1)
	}
	c.meet(t)
	for i, s := range c.Replicas {
		s.must(t, "CLUSTER", "REPLICATE", c.Masters[i].must(t, "CLUSTER", "MYID"))
	}
	c.Settled(t) // soon, as a node waits before it serves for as long as another may be silent
	c.GiveUpAfter(t, time.Minute)
	return c
}

// startNode chooses the port of the cluster's own talk: the one that Redis takes, 10000 above the other, need not be there.
func startNode(t testing.TB, start func(...string) *Server) *Server {
	t.Helper()
	_, port, _ := net.SplitHostPort(freeAddress(t))
	s := start("--cluster-enabled", "yes", "--cluster-port", port, "--cluster-node-timeout", "1000",
		"--repl-diskless-sync-delay", "0", "--repl-ping-replica-period", "1")
	s.bus = port
	return s
}

// meet has each node know every other, without waiting for gossip.
func (c *Cluster) meet(t testing.TB) {
	t.Helper()
	for _, s := range c.Nodes() {
		for _, other := range c.Nodes() {
			host, port, _ := net.SplitHostPort(other.Addr)
			if s != other {
				s.must(t, "CLUSTER", "MEET", host, port, other.bus)
			}
		}
	}
	eventually(t, "the nodes know each other", func() bool {
		for _, s := range c.Nodes() {
			nodes := fmt.Sprint(s.do("CLUSTER", "NODES"))
			if strings.Count(nodes, "connected") != len(c.Nodes()) || strings.Contains(nodes, "handshake") || strings.Contains(nodes, "disconnected") {
				return false
			}
		}
		return true
	})
}

// Settled waits until every node holds the cluster to be well and each replica holds what its master does.
func (c *Cluster) Settled(t testing.TB) {
	t.Helper()
	eventually(t, "the cluster is well", func() bool {
		replicas := 0
		for _, s := range c.Nodes() {
			state, role := fmt.Sprint(s.do("CLUSTER", "INFO")), fmt.Sprint(s.do("INFO", "replication"))
			if !strings.Contains(state, "cluster_state:ok") || strings.Contains(role, "master_link_status:down") {
				return false
			}
			replicas += strings.Count(role, "state=online")
		}
		return replicas == len(c.Replicas)
	})
}

// Nodes are all of them, masters and replicas.
func (c *Cluster) Nodes() []*Server {
	return append(append([]*Server(nil), c.Masters...), c.Replicas...)
}

// URL names every node.
func (c *Cluster) URL() string {
	url, sep := "redis://"+c.Masters[0].Addr, "?addr="
	for _, s := range c.Nodes() {
		url, sep = url+sep+s.Addr, "&addr="
	}
	return url
}

// SecureURL names one node of a cluster that speaks TLS: it tells the others.
func (c *Cluster) SecureURL() string {
	first := c.Masters[0].Secure
	return "rediss://" + first + "?addr=" + first
}

// do asks it anything, in words; the answer, or the error, is what it says.
func (s *Server) do(args ...any) any {
	client := s.Client()
	defer func() { _ = client.Close() }()
	answer, err := client.Do(context.Background(), args...).Result()
	if err != nil {
		return err
	}
	return answer
}

func (s *Server) must(t testing.TB, args ...any) string {
	t.Helper()
	answer := s.do(args...)
	if err, ok := answer.(error); ok {
		t.Fatalf("%v: %v", args, err)
	}
	return fmt.Sprint(answer)
}

func eventually(t testing.TB, what string, holds func() bool) {
	t.Helper()
	for until := time.Now().Add(30 * time.Second); !holds(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(until) {
			t.Fatalf("in vain: %s", what)
		}
	}
}
