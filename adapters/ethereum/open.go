package ethereum

import (
	"context"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/ethereum/nodes"
)

func init() {
	for _, scheme := range schemes {
		driver.Register(prefix+scheme, Open)
	}
}

const prefix = "ethereum+"

var schemes = []string{"http", "https", "ws", "wss", "ipc"}

// target is what a ledger's URL says.
type target struct {
	endpoints []string
	quorum    int
	contract  string
	chain     uint64 // 0: whichever it is
	testing   bool
}

func parseTarget(u *url.URL) (*target, error) {
	t := &target{}
	first, err := endpointOf(u)
	if err != nil {
		return nil, err
	}
	t.endpoints = []string{first}
	query, err := url.ParseQuery(u.RawQuery)
	if err != nil {
		return nil, driver.Errorf(driver.Invalid, "Ethereum URL: parameters: %w", err)
	}
	for name, values := range query {
		if err := t.set(name, values); err != nil {
			return nil, err
		}
	}
	if t.quorum == 0 {
		t.quorum = len(t.endpoints)/2 + 1
	}
	if t.quorum > len(t.endpoints) {
		return nil, driver.Errorf(driver.Invalid, "Ethereum URL: quorum %d must be at most %d, the number of endpoints", t.quorum, len(t.endpoints))
	}
	return t, nil
}

// endpointOf is the URL without what is ours.
func endpointOf(u *url.URL) (string, error) {
	scheme := strings.TrimPrefix(u.Scheme, prefix)
	if scheme == "ipc" {
		at := u.Opaque + u.Path
		if at == "" || u.Host != "" {
			return "", driver.Errorf(driver.Invalid, "Ethereum URL: must be ethereum+ipc:/path/of/the.ipc")
		}
		return at, nil
	}
	if u.Host == "" || u.Fragment != "" {
		return "", driver.Errorf(driver.Invalid, "Ethereum URL %q: must be %s://host[:port] without fragment", u.Redacted(), u.Scheme)
	}
	bare := *u
	bare.Scheme, bare.RawQuery = scheme, ""
	return bare.String(), nil
}

func (t *target) set(name string, values []string) error {
	if name == "endpoint" {
		return t.more(values)
	}
	if len(values) != 1 {
		return driver.Errorf(driver.Invalid, "Ethereum URL: %s is given %d times", name, len(values))
	}
	value, rule, err := values[0], "", error(nil)
	switch name {
	case "contract":
		t.contract = value
	case "quorum":
		rule = "a whole number from 1"
		t.quorum, err = strconv.Atoi(value)
		err = orZero(err, t.quorum < 1)
	case "chain":
		rule = "a chain id in decimal"
		t.chain, err = strconv.ParseUint(value, 10, 63)
		err = orZero(err, t.chain == 0)
	case "testing":
		rule = "0 or 1"
		t.testing, err = strconv.ParseBool(value)
	default:
		return driver.Errorf(driver.Invalid, "Ethereum URL: parameter %q must be one of contract, endpoint, quorum, chain, testing", name)
	}
	if err != nil {
		return driver.Errorf(driver.Invalid, "Ethereum URL: %s %q must be %s", name, value, rule)
	}
	return nil
}

func orZero(err error, below bool) error {
	if err == nil && below {
		return strconv.ErrRange
	}
	return err
}

func (t *target) more(values []string) error {
	for _, at := range values {
		u, err := url.Parse(at)
		ok := err == nil && (slices.Contains(schemes[:4], u.Scheme) && u.Host != "" || u.Scheme == "" && strings.HasPrefix(at, "/"))
		if !ok {
			return driver.Errorf(driver.Invalid, "Ethereum URL: an endpoint must be an http, https, ws or wss address, or a path")
		}
		t.endpoints = append(t.endpoints, at)
	}
	return nil
}

// nodes makes the endpoints. Nothing is connected yet.
func (t *target) nodes(env driver.Env) []*nodes.Node {
	all := make([]*nodes.Node, len(t.endpoints))
	for i, at := range t.endpoints {
		all[i] = nodes.New(at, env.HTTP)
	}
	return all
}

// Open is the driver.OpenFunc of the schemes ethereum+http, https, ws, wss and ipc. env.Store must be given: the driver
// keeps its index there, and what it signed. What is wrong with the URL or the ledger section is Invalid; a chain that
// cannot be reached, is another one, or lacks the contract is no failure of Open.
func Open(ctx context.Context, u *url.URL, env driver.Env) (driver.Ledger, error) {
	to, err := parseTarget(u)
	if err != nil {
		return nil, err
	}
	b, err := bind(env.Native, to.contract)
	if err != nil {
		return nil, err
	}
	if env.Store == nil {
		return nil, driver.Errorf(driver.Invalid, "Ethereum: a store for the index must be given")
	}
	l, err := newLedger(to, b, env)
	if err != nil {
		return nil, err
	}
	l.tryReach(ctx)
	return l, nil
}
