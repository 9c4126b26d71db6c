package capability_test

import (
	"crypto/ed25519"
	"encoding/base64"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"

	"github.com/ftagateway/ftagateway/trust/did"
)

// sendHeader is a request of customs whose invocation header is anything, rightly signed: what is wrong with it is not
// found by way of the signature.
func sendHeader(t testing.TB, invocation string) *http.Request {
	t.Helper()
	req := httptest.NewRequest(http.MethodGet, document, nil)
	req.RequestURI = strings.TrimPrefix(document, "http://"+server)
	req.Header.Set("Capability-Invocation", invocation)
	keyID, created, expires := did.Method(didOf(customs)), now.Unix(), now.Unix()+600
	text := strings.Join([]string{
		"(key-id): " + keyID, "(created): " + strconv.FormatInt(created, 10), "(expires): " + strconv.FormatInt(expires, 10),
		"(request-target): get " + req.RequestURI, "host: " + server, "capability-invocation: " + invocation,
	}, "\n")
	signature := base64.StdEncoding.EncodeToString(ed25519.Sign(seeded(customs), []byte(text)))
	req.Header.Set("Authorization", fmt.Sprintf(`Signature keyId="%s",headers="(key-id) (created) (expires) (request-target) host `+
		`capability-invocation",signature="%s",created="%d",expires="%d"`, keyID, signature, created, expires))
	return req
}
