package capability_test

import (
	"crypto/ed25519"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"time"

	"github.com/ftagateway/ftagateway/trust/capability"
	"github.com/ftagateway/ftagateway/trust/key"
)

// An evidence server gives a partner's collection to customs, who reads from it.
func Example() {
	operator, customs := newKey(), newKey()
	operatorDID, customsDID := didOfKey(operator), didOfKey(customs)

	// The server: what stands under /evidence is its operator's.
	var verifier capability.Verifier
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		invoked, err := verifier.Verify(r, nil) // of a request that has a body, the body
		if errors.Is(err, capability.ErrRefused) || err == nil && invoked.Action != "read" {
			http.NotFound(w, r)
			return
		}
		fmt.Fprintln(w, "evidence")
	}))
	defer server.Close()
	root := server.URL + "/evidence"
	verifier = capability.Verifier{
		Host:           server.Listener.Addr().String(),
		RootController: func(target string) (string, bool) { return operatorDID, target == root },
	}

	// The operator delegates, once.
	c, err := capability.Delegate(capability.Root(root, operatorDID), operator, capability.Grant{
		Controller: customsDID, Target: root + "/a2b3", Actions: []string{"read"}, Expires: time.Now().Add(time.Hour),
	})
	if err != nil {
		fmt.Println(err)
		return
	}

	// Customs reads.
	for _, path := range []string{"/a2b3/4c5d", "/other/4c5d"} {
		req, err := http.NewRequest(http.MethodGet, root+path, nil)
		if err != nil {
			fmt.Println(err)
			return
		}
		if err := capability.Sign(req, nil, capability.Invocation{Capability: c, Action: "read", Signer: customs}); err != nil {
			fmt.Println(err)
			return
		}
		res, err := http.DefaultClient.Do(req)
		if err != nil {
			fmt.Println(err)
			return
		}
		res.Body.Close()
		fmt.Println(path, res.Status)
	}
	// Output:
	// /a2b3/4c5d 200 OK
	// /other/4c5d 404 Not Found
}

func newKey() ed25519.PrivateKey {
	k, err := key.NewSigner()
	if err != nil {
		panic(err)
	}
	return k
}

func didOfKey(k ed25519.PrivateKey) string {
	d, err := key.DID(k)
	if err != nil {
		panic(err)
	}
	return d
}
