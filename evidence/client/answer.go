package client

import (
	"context"
	"errors"
	"io"
	"net/http"
	"slices"

	"github.com/ftagateway/ftagateway/evidence"
	"github.com/ftagateway/ftagateway/trust/capability"
)

// send signs a request and sends it. The caller closes the body of the answer.
func (c *Client) send(req *http.Request, body []byte, inv capability.Invocation) (*http.Response, *Failure) {
	req.Header.Set("User-Agent", "fta-gateway")
	inv.Now = c.cfg.Now
	if err := checkTarget(req.URL.String()); err != nil {
		return nil, &Failure{AddressBlocked, err}
	}
	if err := capability.Sign(req, body, inv); err != nil {
		return nil, &Failure{NoCapability, err}
	}
	resp, err := c.guard.do(req)
	if err != nil {
		return nil, classify(req.Context(), err, Unreachable)
	}
	return resp, nil
}

// content answers the bytes of an answer that is the evidence by all that can be told without its digest.
func (c *Client) content(ctx context.Context, resp *http.Response, media string) ([]byte, *Failure) {
	if f := status(resp, http.StatusOK); f != nil {
		return nil, f
	}
	if f := form(resp, media); f != nil {
		return nil, f
	}
	return read(ctx, resp, c.cfg.MaxBytes)
}

// status says what another status than the wanted one means.
func status(resp *http.Response, want int) *Failure {
	reason := UnexpectedAnswer
	switch s := resp.StatusCode; {
	case s == want:
		return nil
	case s >= 300 && s < 400:
		reason = Redirected
	case slices.Contains([]int{http.StatusUnauthorized, http.StatusForbidden, http.StatusNotFound, http.StatusGone}, s):
		reason = Refused
	case s >= 500, s == http.StatusTooManyRequests, s == http.StatusRequestTimeout:
		reason = ServerFailed
	case s == http.StatusRequestEntityTooLarge:
		reason = TooLarge
	}
	return failure(reason, "the server answered %d", resp.StatusCode)
}

// form refuses an answer that is not the evidence itself. A page of some proxy between is no document that does not
// match, and neither are bytes whose end nobody can tell from a broken connection.
func form(resp *http.Response, media string) *Failure {
	coding := resp.Header.Get("Content-Encoding")
	framed := resp.ContentLength >= 0 || slices.Contains(resp.TransferEncoding, "chunked") || resp.ProtoMajor > 1
	switch have := resp.Header.Get("Content-Type"); {
	case !evidence.SameMediaType(have, media):
		return failure(WrongMediaType, "the server answered %.100q, and the record says %q", have, media)
	case coding != "" && coding != "identity":
		return failure(Encoded, "the server answered with Content-Encoding %.40q", coding)
	case !framed:
		return failure(Truncated, "the answer does not say where it ends")
	}
	return nil
}

// read takes a body of at most max bytes.
func read(ctx context.Context, resp *http.Response, max int64) ([]byte, *Failure) {
	if resp.ContentLength > max {
		return nil, failure(TooLarge, "the server announces %d bytes, and %d are taken", resp.ContentLength, max)
	}
	data, err := io.ReadAll(io.LimitReader(resp.Body, max+1))
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF):
		return nil, &Failure{Truncated, err}
	case err != nil:
		return nil, classify(ctx, err, Unreachable)
	case int64(len(data)) > max:
		return nil, failure(TooLarge, "the answer has more than %d bytes", max)
	}
	return data, nil
}
