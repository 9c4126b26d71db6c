package memory

import (
	"context"
	"fmt"
	"net/url"
	"strconv"
	"sync"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

func init() { driver.Register("memory", Open) }

// Open opens the chain that a URL names. "memory:" is a new chain that nobody else sees. "memory://name" is the chain of
// that name in this process, made by the first who asks and there until the process ends; whoever opens it again gives
// the same parameters or none. Parameters:
//
//	testing=1         a conformance run may write to it
//	final-after=2     a block is final when so many more stand on it
//	max-body=4096     bytes
//	page-size=10      entries
//
// Without Env.Signer the ledger only reads.
func Open(_ context.Context, u *url.URL, env driver.Env) (driver.Ledger, error) {
	o, err := options(u)
	if err != nil {
		return nil, driver.Errorf(driver.Invalid, "memory: %w", err)
	}
	o.Now = env.Now
	chain, err := chainOf(u, o)
	if err != nil {
		return nil, driver.Errorf(driver.Invalid, "memory: %w", err)
	}
	return chain.Connect(env.Signer)
}

// named holds the chains that have a name.
var named = struct {
	sync.Mutex
	chains map[string]*Chain
}{chains: map[string]*Chain{}}

func chainOf(u *url.URL, o Options) (*Chain, error) {
	if u.Host == "" {
		return NewChain(o), nil
	}
	named.Lock()
	defer named.Unlock()
	chain := named.chains[u.Host]
	if chain == nil {
		chain = NewChain(o)
		named.chains[u.Host] = chain
		return chain, nil
	}
	if u.RawQuery != "" && !chain.o.same(o.withDefaults()) {
		return nil, fmt.Errorf("chain %q was made with other parameters", u.Host)
	}
	return chain, nil
}

// same compares all but the clocks: functions cannot be compared, and the first clock stays.
func (o Options) same(other Options) bool {
	return o.FinalAfter == other.FinalAfter && o.MaxBody == other.MaxBody &&
		o.PageSize == other.PageSize && o.ForTesting == other.ForTesting
}

// options reads a URL. What is unknown is refused: a misspelt parameter that is ignored is found in production.
func options(u *url.URL) (Options, error) {
	var o Options
	if u.Opaque != "" || u.Path != "" || u.User != nil || u.Port() != "" {
		return o, fmt.Errorf("URL is not memory: or memory://name")
	}
	query, err := url.ParseQuery(u.RawQuery)
	if err != nil {
		return o, fmt.Errorf("parameters: %w", err)
	}
	for name, values := range query {
		if err := o.set(name, values); err != nil {
			return o, fmt.Errorf("parameter %s: %w", name, err)
		}
	}
	return o, nil
}

func (o *Options) set(name string, values []string) error {
	if len(values) != 1 {
		return fmt.Errorf("given %d times", len(values))
	}
	n, err := strconv.Atoi(values[0])
	if err != nil || n < 0 || n > 1<<30 {
		return fmt.Errorf("%q is not a whole number from 0 to %d", values[0], 1<<30)
	}
	switch name {
	case "testing":
		o.ForTesting = n == 1
	case "final-after":
		o.FinalAfter = n
	case "max-body":
		o.MaxBody = n
	case "page-size":
		o.PageSize = n
	default:
		return fmt.Errorf("not one of testing, final-after, max-body, page-size")
	}
	return nil
}
