package client

import (
	"bytes"
	"context"
	"crypto"
	"encoding/json"
	"net/http"
	"net/url"

	"github.com/ftagateway/ftagateway/evidence"
	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/trust/capability"
	"github.com/ftagateway/ftagateway/trust/key"
)

// maxAnswer bounds what an upload or a revocation is answered, in bytes.
const maxAnswer = 4 << 10

// Put uploads content to the collection that a capability is for, signed by its controller, and answers the name under
// which it is kept. A *Failure says why it could not be; a *Mismatch, that the server says it keeps other bytes.
// After a Failure the upload may have been kept all the same, under a name that nobody knows: upload it again.
func (c *Client) Put(
	ctx context.Context, collection *capability.Capability, signer crypto.Signer, content []byte, mediaType string,
) (*evidence.Kept, error) {
	if err := evidence.CheckMediaType(mediaType); err != nil {
		return nil, &Failure{BadReference, err}
	}
	inv := capability.Invocation{Capability: collection, Action: evidence.Write, Signer: signer}
	answer, fail := c.post(ctx, post{collection.Target, content, mediaType, http.StatusCreated}, inv)
	if fail != nil {
		return nil, fail
	}
	return readKept(answer, ld.Sum(content), int64(len(content)), mediaType)
}

// readKept reads what a server answered to an upload, and holds it against what was sent.
func readKept(answer []byte, want ld.Digest, size int64, mediaType string) (*evidence.Kept, error) {
	var kept evidence.Kept
	if err := json.Unmarshal(answer, &kept); err != nil {
		return nil, &Failure{UnexpectedAnswer, err}
	}
	if _, err := evidence.ParseID(kept.ID); err != nil {
		return nil, &Failure{UnexpectedAnswer, err}
	}
	if kept.MediaType != mediaType {
		return nil, failure(UnexpectedAnswer, "%q was uploaded, and %.100q is kept", mediaType, kept.MediaType)
	}
	if kept.Digest != want {
		return nil, &Mismatch{Expected: want, Got: kept.Digest, Size: int(size)}
	}
	return &kept, nil
}

// Revoke takes a capability back, at the server that it is for. The signer is the key that delegated it, or one that
// delegated what it stands on. The error is a *Failure.
func (c *Client) Revoke(ctx context.Context, revoked *capability.Capability, signer crypto.Signer) error {
	by, err := key.DID(signer)
	if err != nil {
		return &Failure{NoCapability, err}
	}
	target, err := url.Parse(revoked.Target)
	if err != nil {
		return &Failure{BadReference, err}
	}
	body, err := ld.JCS(revoked.Object())
	if err != nil {
		return &Failure{BadReference, err}
	}
	at := target.Scheme + "://" + target.Host + evidence.RevocationPath + url.QueryEscape(revoked.ID)
	inv := capability.Invocation{Capability: capability.Root(at, by), Action: evidence.Write, Signer: signer}
	if _, fail := c.post(ctx, post{at, body, "application/json", http.StatusNoContent}, inv); fail != nil {
		return fail
	}
	return nil
}

// post is a body to send, and the status that says it arrived.
type post struct {
	url       string
	body      []byte
	mediaType string
	want      int
}

// post sends a body and answers what came back.
func (c *Client) post(ctx context.Context, p post, inv capability.Invocation) ([]byte, *Failure) {
	ctx, cancel := context.WithTimeout(ctx, c.cfg.Timeout)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, p.url, bytes.NewReader(p.body))
	if err != nil {
		return nil, &Failure{BadReference, err}
	}
	req.Header.Set("Content-Type", p.mediaType)
	resp, fail := c.send(req, p.body, inv)
	if fail != nil {
		return nil, fail
	}
	defer func() { _ = resp.Body.Close() }() // what counts was read
	if f := status(resp, p.want); f != nil {
		return nil, f
	}
	return read(ctx, resp, maxAnswer)
}
