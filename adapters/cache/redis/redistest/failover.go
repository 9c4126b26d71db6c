package redistest

import (
	"fmt"
	"net"
	"strings"
	"testing"
	"time"
)

// Lose has the cluster forget all that it holds.
func (c *Cluster) Lose(t testing.TB) {
	t.Helper()
	for _, s := range c.Masters {
		s.Lose(t)
	}
}

// Holder is the number of the one master that holds anything.
func (c *Cluster) Holder(t testing.TB) int {
	t.Helper()
	holder := -1
	for i, s := range c.Masters {
		if s.must(t, "DBSIZE") == "0" {
			continue
		}
		if holder >= 0 {
			t.Fatal("more than one master holds something")
		}
		holder = i
	}
	if holder < 0 {
		t.Fatal("no master holds anything")
	}
	return holder
}

// Name is one of the names that a master has.
func (c *Cluster) Name(t testing.TB, i int) string {
	t.Helper()
	return c.Masters[i].must(t, "RANDOMKEY")
}

// Promoted waits until the replica of a master that is gone has taken over, and everybody knows. They change places in
// the lists.
func (c *Cluster) Promoted(t testing.TB, i int) {
	t.Helper()
	gone := c.Masters[i]
	eventually(t, "the replica takes over", func() bool {
		for _, s := range c.Nodes() {
			if s != gone && !s.followsNow(c.Replicas[i]) {
				return false
			}
		}
		return true
	})
	c.Masters[i], c.Replicas[i] = c.Replicas[i], c.Masters[i]
}

// followsNow reports whether it takes another for a master, in a cluster that is well.
func (s *Server) followsNow(master *Server) bool {
	if !strings.Contains(fmt.Sprint(s.do("CLUSTER", "INFO")), "cluster_state:ok") {
		return false
	}
	for line := range strings.Lines(fmt.Sprint(s.do("CLUSTER", "NODES"))) {
		if strings.Contains(line, " "+master.Addr+"@") {
			return strings.Contains(line, "master")
		}
	}
	return false
}

// CutReplication keeps a replica, which holds what its master does, from hearing of what comes from now on.
func (c *Cluster) CutReplication(t testing.TB, i int) {
	t.Helper()
	eventually(t, "the replica holds what its master does", func() bool {
		return offset(c.Masters[i], "master_repl_offset:") == offset(c.Replicas[i], "slave_repl_offset:")
	})
	c.Replicas[i].must(t, "CONFIG", "SET", "masterauth", "a password that is none")
	eventually(t, "the replica is cut off", func() bool {
		c.Masters[i].must(t, "CLIENT", "KILL", "TYPE", "REPLICA")
		return strings.Contains(c.Masters[i].must(t, "INFO", "replication"), "connected_slaves:0")
	})
}

// offset is how much a node holds of what it replicates.
func offset(s *Server, name string) string {
	_, rest, _ := strings.Cut(fmt.Sprint(s.do("INFO", "replication")), name)
	n, _, _ := strings.Cut(rest, "\r\n")
	return n
}

// TakeOver makes a replica the master without asking anybody, and waits until everybody knows.
func (c *Cluster) TakeOver(t testing.TB, i int) {
	t.Helper()
	c.Replicas[i].must(t, "CLUSTER", "FAILOVER", "TAKEOVER")
	c.Promoted(t, i)
	c.Masters[i].must(t, "CONFIG", "SET", "masterauth", "")
}

// GiveUpAfter says how long a node may be silent before its replica takes over.
func (c *Cluster) GiveUpAfter(t testing.TB, d time.Duration) {
	t.Helper()
	for _, s := range c.Nodes() {
		s.must(t, "CONFIG", "SET", "cluster-node-timeout", d.Milliseconds())
	}
}

// MoveSlot gives the slot of a key to another master as an operator does, some at a time, and calls meanwhile between.
func (c *Cluster) MoveSlot(t testing.TB, key string, from, to int, meanwhile func()) {
	t.Helper()
	slot := c.Masters[from].must(t, "CLUSTER", "KEYSLOT", key)
	ids := []string{c.Masters[from].must(t, "CLUSTER", "MYID"), c.Masters[to].must(t, "CLUSTER", "MYID")}
	c.Masters[to].must(t, "CLUSTER", "SETSLOT", slot, "IMPORTING", ids[0])
	c.Masters[from].must(t, "CLUSTER", "SETSLOT", slot, "MIGRATING", ids[1])
	host, port, _ := net.SplitHostPort(c.Masters[to].Addr)
	for {
		keys, _ := c.Masters[from].do("CLUSTER", "GETKEYSINSLOT", slot, 60).([]any)
		if len(keys) == 0 {
			break
		}
		c.Masters[from].must(t, append([]any{"MIGRATE", host, port, "", 0, 5000, "KEYS"}, keys...)...)
		meanwhile()
	}
	for _, s := range []*Server{c.Masters[to], c.Masters[from]} {
		s.must(t, "CLUSTER", "SETSLOT", slot, "NODE", ids[1])
	}
}
