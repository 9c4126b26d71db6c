package remote

import (
	"net/url"
	"strings"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/remote/protocol"
)

// target is what a ledger's URL says.
type target struct {
	base    string // http or https, without a trailing slash
	host    string
	uri     string // the ledger that must be there; "" if any may
	gateway string // our name among gateways; "" if we have none
}

func parseTarget(u *url.URL) (*target, error) {
	if u.Host == "" || u.User != nil || u.Fragment != "" || u.Opaque != "" {
		return nil, driver.Errorf(driver.Invalid, "remote ledger URL %q: must be %s://host[:port][/path] without user or fragment", u.Redacted(), u.Scheme)
	}
	base := url.URL{Scheme: strings.TrimPrefix(u.Scheme, "ledger+"), Host: u.Host, Path: strings.TrimRight(u.Path, "/")}
	t := &target{base: base.String(), host: u.Host}
	query, err := url.ParseQuery(u.RawQuery)
	if err != nil {
		return nil, driver.Errorf(driver.Invalid, "remote ledger URL: parameters: %w", err)
	}
	for name, values := range query {
		if err := t.set(name, values); err != nil {
			return nil, err
		}
	}
	return t, nil
}

func (t *target) set(name string, values []string) error {
	if len(values) != 1 {
		return driver.Errorf(driver.Invalid, "remote ledger URL: parameter %s is given %d times", name, len(values))
	}
	switch value := values[0]; name {
	case "uri":
		if !isURI(value) {
			return driver.Errorf(driver.Invalid, "remote ledger URL: uri %q is not a URI", value)
		}
		t.uri = value
	case "gateway":
		if !protocol.IsHop(value) {
			return driver.Errorf(driver.Invalid, "remote ledger URL: gateway %q must be 1 to 64 of letters, digits, '.', '_', ':' and '-'", value)
		}
		t.gateway = value
	default:
		return driver.Errorf(driver.Invalid, "remote ledger URL: parameter %q is not one of uri, gateway", name)
	}
	return nil
}

// maxURI bounds a ledger's URI, in bytes.
const maxURI = 512

// isURI reports whether a text can name a ledger: a URI of bounded length, printable so that it fits in a header.
func isURI(text string) bool {
	for i := range len(text) {
		if text[i] <= ' ' || text[i] > '~' {
			return false
		}
	}
	u, err := url.Parse(text)
	return err == nil && u.Scheme != "" && len(text) <= maxURI
}
