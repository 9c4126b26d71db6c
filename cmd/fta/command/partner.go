package command

import (
	"crypto/ecdh"
	"errors"
	"fmt"
	"net/netip"
	"os"

	"github.com/spf13/pflag"

	"github.com/ftagateway/ftagateway/evidence/client"
	"github.com/ftagateway/ftagateway/filing"
	"github.com/ftagateway/ftagateway/trust/capability"
	"github.com/ftagateway/ftagateway/trust/key"
)

// partner loads what the filing party keeps at home.
func (o submitOptions) partner() (*filing.Partner, error) {
	signer, err := key.LoadSigner(o.key)
	if err != nil {
		return nil, err
	}
	collection, err := readCapability(o.collection)
	if err != nil {
		return nil, err
	}
	evidence, err := evidenceClient(o.private)
	if err != nil {
		return nil, err
	}
	p := &filing.Partner{Issuer: signer, Collection: collection, Evidence: evidence}
	p.Lookup, p.Customs, err = o.lookups()
	return p, err
}

func (o submitOptions) lookups() (own *ecdh.PrivateKey, customs *ecdh.PublicKey, err error) {
	if o.lookup != "" {
		own, err = key.LoadLookup(o.lookup)
	}
	if err == nil && o.customs != "" {
		customs, err = lookupOf(o.customs)
	}
	return own, customs, err
}

// readCapability reads a capability that this command, or another program, wrote.
func readCapability(file string) (*capability.Capability, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	c, err := capability.Parse(data)
	if err != nil {
		return nil, fmt.Errorf("%s is no capability: %w", file, err)
	}
	return c, nil
}

// unfiled tells an evidence server that could not be asked from one that says no to this key, and from everything else
// that is wrong with what was given.
func unfiled(err error) error {
	var failure *client.Failure
	if !errors.As(err, &failure) {
		return exit(ExitUsage, err)
	}
	switch failure.Reason {
	case client.Refused, client.AddressBlocked, client.BadReference, client.NoCapability, client.CapabilityExpired:
		return exit(ExitUsage, err)
	}
	return exit(ExitUndetermined, err)
}

// privateFlag adds the flag for evidence servers that are on no public address.
func privateFlag(f *pflag.FlagSet, networks *[]string) {
	f.StringSliceVar(networks, "allow-private", []string{"127.0.0.0/8"}, "networks of your evidence server beside public https")
}

// evidenceClient is a client of a partner's own server.
func evidenceClient(networks []string) (*client.Client, error) {
	var allowed []netip.Prefix
	for _, n := range networks {
		p, err := netip.ParsePrefix(n)
		if err != nil {
			return nil, fmt.Errorf("--allow-private %q: must be a network such as 127.0.0.0/8", n)
		}
		allowed = append(allowed, p)
	}
	return client.New(client.Config{AllowPrivate: allowed})
}
