package capability_test

import (
	"bytes"
	"net/http"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/schemas/npmtest"
	"github.com/ftagateway/ftagateway/trust/capability"
)

// TestTheLibrariesAcceptWhatIsInvokedHere has http-signature-zcap-verify check fresh invocations of capabilities that
// were delegated here, and refuse altered ones. FTA_NPM_DIR names a folder whose node_modules hold the packages of
// testdata/npm.
func TestTheLibrariesAcceptWhatIsInvokedHere(t *testing.T) {
	start, until := time.Now().Add(-time.Minute), time.Now().Add(time.Hour)
	one := delegate(t, root(), owner, partner, capability.Grant{Target: collection, Expires: until, Created: start})
	two := delegate(t, one, partner, customs, capability.Grant{Actions: []string{"read", "list"}, Created: start})
	three := delegate(t, two, customs, agency, capability.Grant{Target: document, Actions: []string{"read"}, Created: start})
	post := call{method: http.MethodPost, url: collection + "?a=1", body: `{"a":"é"}`, action: "write"}
	var requests []map[string]any
	for _, c := range []call{
		{c: root(), by: seeded(owner)}, {c: one, by: seeded(partner)}, {c: two, by: seeded(customs)}, {c: three, by: seeded(agency)},
		{c: root(), by: seeded(owner), method: post.method, url: post.url, body: post.body, action: post.action},
		{c: one, by: seeded(partner), method: post.method, url: post.url, body: post.body, action: post.action},
	} {
		c.at = time.Now()
		requests = append(requests, asJSON(t, c, c.by), asJSON(t, c, seeded(stranger)))
	}
	for i, answer := range npmtest.Ask[map[string]any, any](t, "check.mjs", requests) {
		if (answer == true) != (i%2 == 0) {
			t.Errorf("request %d: the libraries say %v of %v", i, answer, requests[i])
		}
	}
}

// asJSON is a call as check.mjs reads it, signed by whom is said.
func asJSON(t *testing.T, c call, by []byte) map[string]any {
	t.Helper()
	c = c.orDefault(t)
	c.by = by
	headers := map[string]string{"host": server}
	for name, values := range send(t, c).Header {
		headers[http.CanonicalHeaderKey(name)] = values[0]
	}
	lower := map[string]string{}
	for name, value := range headers {
		lower[string(bytes.ToLower([]byte(name)))] = value
	}
	return map[string]any{"url": c.url, "method": c.method, "headers": lower, "body": []byte(c.body), "action": c.action,
		"target": target, "controller": didOf(owner)}
}
