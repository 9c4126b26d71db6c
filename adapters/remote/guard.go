package remote

import (
	"net"
	"net/netip"
	"time"

	"code.dny.dev/ssrf"
)

// within are the networks that a ledger may be in beside the public ones: whoever configured its URL may mean the same
// machine, or a network of partners.
var within = struct{ v4, v6 []netip.Prefix }{
	v4: []netip.Prefix{
		netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("172.16.0.0/12"),
		netip.MustParsePrefix("192.168.0.0/16"), netip.MustParsePrefix("100.64.0.0/10"),
	},
	v6: []netip.Prefix{netip.MustParsePrefix("::1/128"), netip.MustParsePrefix("fc00::/7")},
}

// newDialer goes to no address at which no ledger can be, such as the link-local one where a cloud hands out its
// credentials: the name in a URL is the operator's, and what it resolves to may be somebody else's.
func newDialer() *net.Dialer {
	guard := ssrf.New(ssrf.WithAnyPort(), ssrf.WithAllowedV4Prefixes(within.v4...), ssrf.WithAllowedV6Prefixes(within.v6...))
	return &net.Dialer{Timeout: 5 * time.Second, KeepAlive: 30 * time.Second, Control: guard.Safe}
}
