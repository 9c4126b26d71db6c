package evidence_test

import (
	"context"
	"crypto"
	"errors"
	"fmt"
	"log"
	"net/http/httptest"
	"net/netip"
	"os"
	"time"

	"github.com/ftagateway/ftagateway/evidence"
	"github.com/ftagateway/ftagateway/evidence/client"
	"github.com/ftagateway/ftagateway/evidence/internal/evidencetest"
	"github.com/ftagateway/ftagateway/evidence/server"
	"github.com/ftagateway/ftagateway/trust/capability"
	"github.com/ftagateway/ftagateway/trust/key"
)

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

// A partner runs its evidence server, uploads a certificate under the key it files with, and hands CBP a capability to
// read that key's collection. CBP fetches what a record names, and holds it against the record's digest.
func Example() {
	owner, filer, customs := newKey(), newKey(), newKey()
	dir, err := os.MkdirTemp("", "evidence")
	check(err)
	defer func() { check(os.RemoveAll(dir)) }()

	web := httptest.NewUnstartedServer(nil)
	base := "http://" + web.Listener.Addr().String()
	s, err := server.Open(server.Config{Dir: dir, BaseURL: base, RootController: owner.did})
	check(err)
	web.Config = s.HTTP()
	web.Start()
	defer func() { web.Close(); check(s.Close()) }()

	// The partner's own key gives the filing key a collection; the filing key gives CBP the same, to read.
	root := capability.Root(evidence.Target(base, ""), owner.did)
	filing, err := capability.Delegate(root, owner.Signer, capability.Grant{
		Controller: filer.did, Target: evidence.Target(base, evidence.NewCollection()),
		Actions: []string{evidence.Read, evidence.Write}, Expires: time.Now().AddDate(1, 0, 0),
	})
	check(err)
	reading, err := capability.Delegate(filing, filer.Signer, capability.Grant{Controller: customs.did, Actions: []string{evidence.Read}})
	check(err)

	local := []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}
	partner, err := client.New(client.Config{AllowPrivate: local})
	check(err)
	kept, err := partner.Put(context.Background(), filing, filer.Signer, []byte("a certificate of origin"), "text/plain")
	check(err)

	holdings, err := client.OpenHoldings(client.HoldingsConfig{Store: &evidencetest.KV{}, Controller: customs.did})
	check(err)
	held, err := holdings.Add(reading)
	check(err)
	fmt.Println("handed over by the filer:", held.Issuer == filer.did)
	cbp, err := client.New(client.Config{Holdings: holdings, Signer: customs.Signer, AllowPrivate: local})
	check(err)
	ref := evidence.Ref{ID: kept.ID, Digest: kept.Digest, MediaType: kept.MediaType}
	got, err := cbp.Fetch(context.Background(), filer.did, ref)
	check(err)
	fmt.Printf("fetched: %s\n", got.Content)

	// Once it is revoked, nothing is known any more: that is no verdict.
	check(partner.Revoke(context.Background(), reading, filer.Signer))
	_, err = cbp.Fetch(context.Background(), filer.did, ref)
	var failure *client.Failure
	fmt.Println("could not ask:", errors.As(err, &failure), failure.Reason)
	// Output:
	// handed over by the filer: true
	// fetched: a certificate of origin
	// could not ask: true refused
}

// party is somebody with a signing key.
type party struct {
	crypto.Signer
	did string
}

func newKey() party {
	signer, err := key.NewSigner()
	check(err)
	did, err := key.DID(signer)
	check(err)
	return party{signer, did}
}
