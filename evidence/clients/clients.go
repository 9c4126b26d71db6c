// Package clients counts what each client of a server has under way, so that one who asks for everything at once leaves
// places for others. A client is known by its address, which is kept for as long as it has something under way and no longer.
package clients

import (
	"net/netip"
	"sync"
)

// Clients are those of one server. It is safe for concurrent use.
type Clients struct {
	most int
	mu   sync.Mutex
	at   map[netip.Prefix]int
}

// New gives every client as many places.
func New(most int) *Clients { return &Clients{most: most, at: map[netip.Prefix]int{}} }

// Enter takes a place for a client, which Leave gives back; false where it has all of its places.
func (c *Clients) Enter(who netip.Prefix) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.at[who] >= c.most {
		return false
	}
	c.at[who]++
	return true
}

// Leave gives a place back.
func (c *Clients) Leave(who netip.Prefix) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.at[who]--; c.at[who] == 0 {
		delete(c.at, who)
	}
}

// wholeV6 is how much of an IPv6 address names one client: whoever has one address commonly has its /64.
const wholeV6 = 64

// Of names the client behind an http.Request's RemoteAddr; all that cannot be read are one.
func Of(remote string) netip.Prefix {
	at, err := netip.ParseAddrPort(remote)
	if err != nil {
		return netip.Prefix{}
	}
	addr := at.Addr().Unmap()
	p, _ := addr.Prefix(min(addr.BitLen(), wholeV6)) // within its length: no error
	return p
}
