package capability

import (
	"crypto"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/ftagateway/ftagateway/trust/did"
	"github.com/ftagateway/ftagateway/trust/key"
)

// lifetime is how long an invocation can be used, as ezcap has it.
const lifetime = 600 * time.Second

// Invocation says how a request uses a capability.
type Invocation struct {
	Capability *Capability
	Action     string           // "read", "write": what the server calls what is asked for
	Signer     crypto.Signer    // of the capability's controller
	Now        func() time.Time // nil: time.Now
}

// Sign adds the headers that invoke a capability: Capability-Invocation, Authorization, and where there is a body
// Digest, and Content-Type application/json unless one is set. req must be complete: what is signed are its method, its
// URL, its host and its body, which must be the bytes that are sent. A request without body has a nil one.
func Sign(req *http.Request, body []byte, inv Invocation) error {
	if err := sign(req, body, inv); err != nil {
		return fmt.Errorf("invoking capability: %w", err)
	}
	return nil
}

var errAction = errors.New("action must be 1 to 64 letters, digits, and : . _ -")

func sign(req *http.Request, body []byte, inv Invocation) error {
	signer, err := key.DID(inv.Signer)
	if err != nil {
		return err
	}
	if !isToken(inv.Action) {
		return errAction
	}
	header, err := invocation(inv.Capability, inv.Action)
	if err != nil {
		return err
	}
	req.Header.Set(headerInvocation, header)
	setDigest(req, body)
	return authorize(req, body, inv, did.Method(signer))
}

func setDigest(req *http.Request, body []byte) {
	req.Header.Del(headerDigest)
	if len(body) > 0 && req.Header.Get(headerContentType) == "" {
		req.Header.Set(headerContentType, "application/json")
	}
	if slices.Contains(demanded(req, body), "digest") {
		req.Header.Set(headerDigest, digest(body))
	}
}

func authorize(req *http.Request, body []byte, inv Invocation, keyID string) error {
	now := inv.Now
	if now == nil {
		now = time.Now
	}
	created := now().Unix()
	s := signature{
		keyID:      keyID,
		created:    strconv.FormatInt(created, 10),
		expires:    strconv.FormatInt(created+int64(lifetime/time.Second), 10),
		components: demanded(req, body),
	}
	text, err := s.text(req)
	if err != nil {
		return err
	}
	value, err := inv.Signer.Sign(rand.Reader, []byte(text), crypto.Hash(0))
	if err != nil {
		return err
	}
	req.Header.Set(headerAuthorization, fmt.Sprintf(`Signature keyId="%s",headers="%s",signature="%s",created="%s",expires="%s"`,
		s.keyID, strings.Join(s.components, " "), base64.StdEncoding.EncodeToString(value), s.created, s.expires))
	return nil
}
