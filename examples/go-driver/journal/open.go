package journal

import (
	"context"
	"crypto/ed25519"
	"fmt"
	"net/url"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/trust/did"
)

func init() { driver.Register("journal", Open) }

// Open opens the journal that a URL names, "journal:///var/lib/acme/journal", or "journal:///...?testing=1" where a
// conformance run may write to it. A new file is made with the first call. A file that cannot be opened now (another
// process has it, a disk is not mounted) is tried again at every call: an outage ends by itself.
func Open(_ context.Context, u *url.URL, env driver.Env) (driver.Ledger, error) {
	testing := u.RawQuery == "testing=1"
	if u.Path == "" || u.Host != "" || (u.RawQuery != "" && !testing) {
		return nil, driver.Errorf(driver.Invalid, "journal: the URL must be journal:///PATH or journal:///PATH?testing=1")
	}
	l := &Ledger{path: u.Path, testing: testing}
	if env.Signer != nil {
		key, ok := env.Signer.Public().(ed25519.PublicKey)
		if !ok {
			return nil, driver.Errorf(driver.Invalid, "journal: the transport key must be Ed25519, not %T", env.Signer.Public())
		}
		l.signer, l.author = env.Signer, did.FromEd25519(key)
	}
	l.ctx, l.end = context.WithCancel(context.Background())
	if _, err := l.reach(l.ctx); driver.CodeOf(err) == driver.Corrupt {
		return nil, fmt.Errorf("open %s: %w", u.Redacted(), err)
	}
	return l, nil
}
