package webledger

import (
	"net/url"
	"strconv"
	"strings"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// target is what a ledger's URL says: where the node is, and which of its ledgers is meant.
type target struct {
	base    *url.URL // http or https, no query, no trailing slash
	ledger  string   // id of the ledger or of its agent; "" where the node has only one
	testing bool
}

func parseTarget(u *url.URL) (*target, error) {
	if u.Host == "" || u.User != nil || u.Fragment != "" || u.Opaque != "" {
		return nil, driver.Errorf(driver.Invalid, "Web Ledger URL %q: must be %s://host[:port] without user or fragment", u.Redacted(), u.Scheme)
	}
	t := &target{base: &url.URL{
		Scheme: strings.TrimPrefix(u.Scheme, "webledger+"),
		Host:   u.Host,
		Path:   strings.TrimRight(u.Path, "/"),
	}}
	return t, t.options(u.Query())
}

func (t *target) options(q url.Values) error {
	for name, values := range q {
		switch name {
		case "ledger":
			t.ledger = values[0]
			if !isKey(t.ledger) {
				return driver.Errorf(driver.Invalid, "Web Ledger URL: ledger %q must be a urn:uuid in lower case", t.ledger)
			}
		case "testing":
			yes, err := strconv.ParseBool(values[0])
			if err != nil {
				return driver.Errorf(driver.Invalid, "Web Ledger URL: testing %q must be 0 or 1", values[0])
			}
			t.testing = yes
		default:
			return driver.Errorf(driver.Invalid, "Web Ledger URL: option %q is not known, only ledger and testing", name)
		}
	}
	return nil
}
