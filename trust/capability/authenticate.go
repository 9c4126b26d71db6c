package capability

import (
	"crypto/ed25519"
	"encoding/base64"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/ftagateway/ftagateway/trust/did"
)

// signed is a signature of a request, taken apart.
type signed struct {
	signature
	key     string // did:key
	created time.Time
	value   []byte
}

// authenticate checks who signed the request, and that all of it was signed, for this server and about now.
func (v *Verifier) authenticate(req *http.Request, body []byte) (*signed, error) {
	if !strings.EqualFold(host(req), v.Host) {
		return nil, refuse("host is another one")
	}
	s, err := readSignature(req)
	if err != nil {
		return nil, err
	}
	if err := v.checkTime(s); err != nil {
		return nil, err
	}
	if err := s.checkCover(req, body); err != nil {
		return nil, err
	}
	return s, s.verify(req)
}

func readSignature(req *http.Request) (*signed, error) {
	header, err := single(req.Header, headerAuthorization)
	if err != nil {
		return nil, err
	}
	params, err := parameters(header, "Signature")
	if err != nil {
		return nil, err
	}
	if len(params) != 5 { // keyId, headers, signature, created, expires: what is missing is found below
		return nil, refuse("signature has other parameters")
	}
	s := &signed{signature: signature{
		keyID: params["keyId"], created: params["created"], expires: params["expires"],
		components: strings.Fields(strings.ToLower(params["headers"])),
	}}
	if s.value, err = base64.StdEncoding.Strict().DecodeString(params["signature"]); err != nil {
		return nil, refuse("signature is not base64")
	}
	if s.key, err = did.SplitMethod(s.keyID); err != nil {
		return nil, refuse("key is no method of a did:key")
	}
	return s, nil
}

// checkTime refuses signatures from the future, and those that have expired.
func (v *Verifier) checkTime(s *signed) error {
	created, okCreated := unix(s.signature.created)
	expires, okExpires := unix(s.expires)
	now := v.now()
	switch {
	case !okCreated || !okExpires || expires.Before(created):
		return refuse("created or expires is malformed")
	case created.After(now.Add(skew)):
		return refuse("signature is from the future")
	case expires.Before(now.Add(-skew)):
		return refuse("signature has expired")
	}
	s.created = created
	return nil
}

// unix reads whole seconds since 1970, up to the year 9999, in the one way to write them.
func unix(text string) (time.Time, bool) {
	const year9999 = 253402300799
	n, err := strconv.ParseInt(text, 10, 64)
	return time.Unix(n, 0), err == nil && 0 <= n && n <= year9999 && strconv.FormatInt(n, 10) == text
}

// checkCover refuses a signature that leaves something out, and a body that is not the one signed.
func (s *signed) checkCover(req *http.Request, body []byte) error {
	if len(s.components) > maxCovered {
		return refuse("signature covers too many components")
	}
	need := demanded(req, body)
	for i, name := range s.components {
		if slices.Contains(s.components[:i], name) {
			return refuse("a component is signed twice")
		}
	}
	for _, name := range need {
		if !slices.Contains(s.components, name) {
			return refuse("%s is not signed", name)
		}
	}
	if !slices.Contains(need, "digest") {
		return nil
	}
	if have, err := single(req.Header, headerDigest); err != nil || have != digest(body) {
		return refuse("digest is not that of the body")
	}
	return nil
}

func (s *signed) verify(req *http.Request) error {
	public, err := did.Ed25519(s.key)
	if err != nil {
		return refuse("key is not one of Ed25519")
	}
	text, err := s.text(req)
	if err != nil {
		return err
	}
	if !ed25519.Verify(public, []byte(text), s.value) {
		return refuse("signature is wrong")
	}
	return nil
}
