package server_test

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/ftagateway/ftagateway/evidence"
	"github.com/ftagateway/ftagateway/evidence/internal/evidencetest"
	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/trust/capability"
)

// FuzzRevocation sends foreign bytes as the capability to revoke, each signed as well as its sender can: nothing but
// the true capability is ever revoked, and the answer is the common refusal.
func FuzzRevocation(f *testing.F) {
	h := evidencetest.Open(f, nil)
	handler := h.Server.Handler()
	genuine, err := ld.JCS(h.Reading.Object())
	evidencetest.Must(f, err)
	parent, err := ld.JCS(h.Filing.Object())
	evidencetest.Must(f, err)
	f.Add(genuine, h.Reading.ID)
	f.Add(parent, h.Filing.ID)
	f.Add(genuine, "urn:uuid:other")
	f.Add(genuine[:len(genuine)/2], h.Reading.ID)
	f.Add([]byte(`{}`), "")
	f.Add([]byte(`{"id":"urn:uuid:x","parentCapability":"urn:uuid:x","proof":{"capabilityChain":[{}]}}`), "urn:uuid:x")
	f.Add(bytes.Repeat([]byte(`{"proof":`), 1000), "a/../b")
	f.Fuzz(func(t *testing.T, body []byte, id string) {
		target := h.Base + evidence.RevocationPath + escape(id)
		req := httptest.NewRequest(http.MethodPost, target, bytes.NewReader(body))
		req.Header.Set("Content-Type", "application/json")
		err := capability.Sign(req, body, capability.Invocation{
			Capability: capability.Root(target, h.Filer.DID), Action: evidence.Write, Signer: h.Filer.Signer,
		})
		if err != nil {
			t.Skip() // nothing that a client can send
		}
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, req)
		switch {
		case w.Code == http.StatusNoContent && bytes.Contains(body, []byte(h.Reading.ID)) && id == h.Reading.ID:
		case w.Code == http.StatusRequestEntityTooLarge && len(body) > 64<<10:
		case w.Code == http.StatusNotFound && w.Body.String() == refusal:
		default:
			t.Errorf("answered %d %s", w.Code, w.Body)
		}
	})
}

// escape writes any text as a segment of a path, as encodeURIComponent would, and more.
func escape(s string) string {
	const digits = "0123456789ABCDEF"
	var b strings.Builder
	for i := range len(s) {
		b.Write([]byte{'%', digits[s[i]>>4], digits[s[i]&15]})
	}
	return b.String()
}
