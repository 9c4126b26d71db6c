package server

import (
	"crypto/sha256"
	"net/http"
	"regexp"

	"github.com/google/uuid"
)

// signatureValue finds the signature in the Authorization header of a request that a Verifier has passed: there it
// occurs once, in the one way to write it.
var signatureValue = regexp.MustCompile(`[ ,]signature="([^"]+)"`)

// uploadUUID names an upload by the signature of its request, hashed into the form of a random UUID: nobody without the
// key can foresee it, and a request that is sent again, by its sender or by somebody who overheard it, is the same
// upload and is kept once.
func uploadUUID(r *http.Request) string {
	h := sha256.New()
	h.Write([]byte("fta-evidence/1|")) // a hash never fails to write
	h.Write([]byte(signatureValue.FindString(r.Header.Get("Authorization"))))
	id := uuid.UUID(h.Sum(nil)[:16])
	id[6] = id[6]&0x0f | 0x40 // version 4
	id[8] = id[8]&0x3f | 0x80 // variant of RFC 9562
	return id.String()
}
