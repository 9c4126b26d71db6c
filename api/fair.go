package api

import (
	"net/http"
	"net/netip"
	"sync"
)

// clients counts what each client has under way, so that one that asks for everything at once leaves places for others. A
// client is known by its address, which is kept for as long as it has something under way and no longer.
type clients struct {
	most int
	mu   sync.Mutex
	at   map[netip.Prefix]int
}

func newClients(most int) *clients { return &clients{most: most, at: map[netip.Prefix]int{}} }

// enter takes a place for a client, which leave gives back; false where it has all of its places.
func (c *clients) enter(who netip.Prefix) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.at[who] >= c.most {
		return false
	}
	c.at[who]++
	return true
}

func (c *clients) leave(who netip.Prefix) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.at[who]--; c.at[who] == 0 {
		delete(c.at, who)
	}
}

// clientOf is who sent a request. Of IPv6 addresses everybody has as many as he likes, but they begin alike.
func clientOf(r *http.Request) netip.Prefix {
	from, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return netip.Prefix{}
	}
	address := from.Addr().Unmap().WithZone("")
	bits := address.BitLen()
	if address.Is6() {
		bits = 64
	}
	p, _ := address.Prefix(bits) // bits are of that address
	return p
}

// fair refuses a client that has all of its places taken.
func (s *server) fair(c *clients) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			who := clientOf(r)
			if !c.enter(who) {
				s.refuse(w, r, problemOf(codeTooMany))
				return
			}
			defer c.leave(who)
			next.ServeHTTP(w, r)
		})
	}
}
