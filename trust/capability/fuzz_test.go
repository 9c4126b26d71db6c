package capability_test

import (
	"bytes"
	"errors"
	"net/http"
	"reflect"
	"testing"

	"github.com/ftagateway/ftagateway/trust/capability"
)

// FuzzInvocation gives the verifier any invocation header, rightly signed, and any of the headers beside it. Whatever is
// wrong is refused, and nothing is made of a capability that the owner did not give.
func FuzzInvocation(f *testing.F) {
	for _, v := range loadVectors(f).Invocations {
		f.Add(v.Headers["capability-invocation"], v.Headers["authorization"], "", []byte(nil))
	}
	good := send(f, call{method: http.MethodPost, body: "x"})
	f.Add(good.Header.Get("Capability-Invocation"), good.Header.Get("Authorization"), good.Header.Get("Digest"), []byte("x"))
	f.Add(`zcap capability="`+packed([]byte(`{"id":"urn:x:1"}`))+`",action="read"`, `Signature keyId="",headers=""`, "mh=u", []byte("y"))
	base := send(f, call{})
	f.Fuzz(func(t *testing.T, invocation, authorization, digest string, body []byte) {
		loose := base.Clone(t.Context())
		loose.Header.Set("Capability-Invocation", invocation)
		loose.Header.Set("Authorization", authorization)
		if digest != "" {
			loose.Header.Set("Digest", digest)
		}
		holdVerify(t, loose, body)
		holdVerify(t, sendHeader(t, invocation), body)
	})
}

func holdVerify(t *testing.T, req *http.Request, body []byte) {
	t.Helper()
	got, err := verifierAt(now).Verify(req, body)
	if err != nil && (got != nil || !errors.Is(err, capability.ErrRefused)) {
		t.Fatalf("got %+v, %v", got, err)
	}
	if err == nil && got.Capability.Root() != capability.RootID(target) {
		t.Fatalf("%+v stands on %s", got, got.Capability.Root())
	}
}

// FuzzParse holds that what is read can be written, and is then read as the same.
func FuzzParse(f *testing.F) {
	all := loadVectors(f)
	f.Add([]byte(all.Root))
	for _, d := range all.Delegations {
		f.Add([]byte(d))
	}
	f.Add(tower(3))
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := capability.Parse(data)
		if err != nil {
			return
		}
		canonical := jcs(t, c.Object())
		again, err := capability.Parse(canonical)
		if err != nil || !reflect.DeepEqual(again, c) || !bytes.Equal(jcs(t, again.Object()), canonical) {
			t.Fatalf("got %+v, %v; before %+v", again, err, c)
		}
		_ = verifierAt(now).VerifyDelegation(c)
	})
}
