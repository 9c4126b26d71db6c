package nodes

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"

	"github.com/ethereum/go-ethereum/rpc"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// errTooLong is an answer that is longer than any that is taken.
var errTooLong = errors.New("the answer is longer than is taken")

// bounded takes no more than maxAnswer of an answer: the JSON decoder above would take everything.
type bounded struct{ http.RoundTripper }

func (b bounded) RoundTrip(r *http.Request) (*http.Response, error) {
	resp, err := b.RoundTripper.RoundTrip(r)
	if err == nil {
		resp.Body = &limited{body: resp.Body, left: maxAnswer}
	}
	return resp, err
}

// CloseIdleConnections is found by http.Client on the transport that it was given.
func (b bounded) CloseIdleConnections() {
	if c, ok := b.RoundTripper.(interface{ CloseIdleConnections() }); ok {
		c.CloseIdleConnections()
	}
}

type limited struct {
	body io.ReadCloser
	left int64
}

func (l *limited) Read(p []byte) (int, error) {
	if l.left <= 0 {
		return 0, errTooLong
	}
	n, err := l.body.Read(p[:min(int64(len(p)), l.left)])
	l.left -= int64(n)
	return n, err
}

func (l *limited) Close() error { return l.body.Close() }

// classify says once what an error means. What a node answers inside a 200 is an error like any other.
func classify(ctx context.Context, method string, err error) error {
	var known *driver.Error
	var said rpc.Error
	var status rpc.HTTPError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &known):
		return err
	case ctx.Err() != nil:
		return driver.FromContext(ctx)
	case errors.As(err, &status):
		return ofStatus(method, status)
	case errors.Is(err, errTooLong):
		return outage(driver.ResourceExhausted, &Refused{Method: method, Text: err.Error(), Kind: TooMuch})
	case isGarbage(err):
		return driver.Errorf(driver.Corrupt, "%s: decode the node's answer: %w", method, err)
	case errors.As(err, &said):
		return ofRefusal(method, said)
	}
	return outage(driver.Unavailable, fmt.Errorf("%s: ask the node: %w", method, withoutAddress(err)))
}

// withoutAddress takes the whole address off an error: many hosts have a key in it.
func withoutAddress(err error) error {
	var with *url.Error
	if errors.As(err, &with) {
		return with.Err
	}
	return err
}

// isGarbage reports whether what came was no JSON-RPC at all.
func isGarbage(err error) bool {
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	return errors.As(err, &syntax) || errors.As(err, &kind) || errors.Is(err, rpc.ErrNoResult) || errors.Is(err, rpc.ErrMissingBatchResponse)
}

// ofStatus: 401 and 403 are about whoever asks; everything else is an outage.
func ofStatus(method string, status rpc.HTTPError) error {
	code := driver.Unavailable
	switch status.StatusCode {
	case http.StatusUnauthorized, http.StatusForbidden:
		code = driver.PermissionDenied
	case http.StatusTooManyRequests:
		code = driver.ResourceExhausted
	case http.StatusRequestEntityTooLarge:
		return outage(driver.ResourceExhausted, &Refused{Method: method, Text: status.Status, Kind: TooMuch})
	}
	return outage(code, fmt.Errorf("%s: the node answers %s", method, status.Status))
}

// ofRefusal reads what nodes write, each in its own words: geth, erigon, reth, besu, nethermind and the large hosts.
func ofRefusal(method string, said rpc.Error) error {
	r := &Refused{Method: method, Number: said.ErrorCode(), Text: clip(said.Error()), Kind: kindOf(said)}
	var with rpc.DataError
	if errors.As(said, &with) {
		r.Data = dataOf(with.ErrorData())
	}
	switch r.Kind {
	case Gone:
		return driver.Errorf(driver.Pruned, "%w", r)
	case Limited, TooMuch:
		return outage(driver.ResourceExhausted, r)
	}
	return outage(driver.Unavailable, r)
}

func clip(text string) string { return fmt.Sprintf("%.200s", text) }

func dataOf(data any) []byte {
	text, _ := data.(string)
	b, _ := hex.DecodeString(strings.TrimPrefix(text, "0x"))
	return b
}

// The numbers of JSON-RPC errors: 3 is a revert with its data, -32005 a limit (EIP-1474).
const (
	numberReverted = 3
	numberLimit    = -32005
)

var kinds = []struct {
	kind  Kind
	words []string
}{
	{Reverted, []string{"execution reverted", "vm execution error", "transaction reverted"}},
	{Gone, []string{"missing trie node", "historical state", "state not available", "state is not available", "pruned", "state unavailable",
		"required historical", "archive", "world state unavailable", "no state found"}},
	{TooMuch, []string{"query returned more than", "block range", "range is too large", "range too large", "too many results", "response size",
		"response too large", "exceeds the range", "exceed maximum", "max results", "limit the query", "too many blocks", "query timeout"}},
	{Limited, []string{"rate limit", "too many requests", "limit exceeded", "exceeded the quota"}},
}

func kindOf(said rpc.Error) Kind {
	if said.ErrorCode() == numberReverted {
		return Reverted
	}
	text := strings.ToLower(said.Error())
	for _, k := range kinds {
		for _, word := range k.words {
			if strings.Contains(text, word) {
				return k.kind
			}
		}
	}
	if said.ErrorCode() == numberLimit {
		return Limited
	}
	return Other
}
