// Package client calls a gateway's HTTP interface. It is what the fta command uses, and small enough to copy.
package client

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/ftagateway/ftagateway/schemas"
)

// Client calls one gateway. It is safe for concurrent use.
type Client struct {
	base string
	http *http.Client
	most int64 // bytes of an answer
}

// New makes a client of the gateway at base, for example "http://127.0.0.1:8080". It goes nowhere else: a gateway points
// to no other place, and an entry number is for it alone.
func New(base string) (*Client, error) {
	u, err := url.Parse(base)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return nil, fmt.Errorf("gateway %q: must be an http or https URL", base)
	}
	if u.User != nil || u.RawQuery != "" || u.Fragment != "" {
		return nil, fmt.Errorf("gateway %q: must have no user, query or fragment", u.Redacted())
	}
	stay := func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &Client{strings.TrimSuffix(base, "/"), &http.Client{Timeout: timeout, CheckRedirect: stay}, maxAnswer}, nil
}

const (
	timeout   = 60 * time.Second
	maxAnswer = 64 << 20
)

// Problem is a refusal as the gateway words it (RFC 9457).
type Problem struct {
	Type      string         `json:"type"`
	Title     string         `json:"title"`
	Status    int            `json:"status"`
	Detail    string         `json:"detail,omitempty"`
	Retryable bool           `json:"retryable"`
	Ledger    string         `json:"ledger,omitempty"`
	Ledgers   []string       `json:"ledgers,omitempty"`
	Faults    schemas.Faults `json:"faults,omitempty"`
}

// Error says the title, the detail and what is wrong.
func (p *Problem) Error() string {
	text := p.Title
	if p.Detail != "" {
		text += ": " + p.Detail
	}
	if len(p.Ledgers) > 0 {
		text += " (could not be asked: " + strings.Join(p.Ledgers, ", ") + ")"
	}
	if len(p.Faults) > 0 {
		text += "\n" + p.Faults.Error()
	}
	return text
}

// ErrUnreachable says that no gateway answered.
var ErrUnreachable = errors.New("the gateway does not answer")

// Get reads path into answer.
func (c *Client) Get(ctx context.Context, path string, answer any) error {
	return c.do(ctx, http.MethodGet, path, nil, answer)
}

// Post sends question to path and reads the answer.
func (c *Client) Post(ctx context.Context, path string, question, answer any) error {
	body, err := json.Marshal(question)
	if err != nil {
		return fmt.Errorf("encoding the request: %w", err)
	}
	return c.do(ctx, http.MethodPost, path, body, answer)
}

// Close lets go of idle connections.
func (c *Client) Close() { c.http.CloseIdleConnections() }

func (c *Client) do(ctx context.Context, method, path string, body []byte, answer any) error {
	req, err := http.NewRequestWithContext(ctx, method, c.base+path, bytes.NewReader(body))
	if err != nil {
		return err
	}
	req.Header.Set("Accept", "application/json")
	if body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	resp, err := c.http.Do(req)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrUnreachable, err)
	}
	defer resp.Body.Close()
	data, err := io.ReadAll(io.LimitReader(resp.Body, c.most+1))
	if err != nil {
		return fmt.Errorf("%w: %w", ErrUnreachable, err)
	}
	if resp.StatusCode >= http.StatusMultipleChoices {
		return problem(resp.StatusCode, data)
	}
	if int64(len(data)) > c.most {
		return fmt.Errorf("the gateway's answer has more than %d bytes", c.most)
	}
	if answer == nil {
		return nil
	}
	if err := json.Unmarshal(data, answer); err != nil {
		return fmt.Errorf("reading the gateway's answer: %w", err)
	}
	return nil
}

func problem(status int, data []byte) error {
	p := &Problem{Status: status}
	if json.Unmarshal(data, p) != nil || p.Title == "" {
		p.Title = http.StatusText(status)
	}
	return p
}

// Copy writes the answer of path to w as it comes. What was written before an error stays.
func (c *Client) Copy(ctx context.Context, path string, w io.Writer) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, c.base+path, nil)
	if err != nil {
		return err
	}
	resp, err := c.http.Do(req)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrUnreachable, err)
	}
	defer resp.Body.Close()
	if resp.StatusCode >= http.StatusMultipleChoices {
		data, _ := io.ReadAll(io.LimitReader(resp.Body, c.most))
		return problem(resp.StatusCode, data)
	}
	if _, err := io.Copy(w, resp.Body); err != nil {
		return fmt.Errorf("%w: %w", ErrUnreachable, err)
	}
	return nil
}
