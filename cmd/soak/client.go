package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"
)

// answer is what came back.
type answer struct {
	status int
	header http.Header
	body   []byte
	took   time.Duration
}

// client asks the gateway.
type client struct {
	url  string
	http *http.Client
}

func newClient(url string) *client {
	return &client{url, &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64}, Timeout: time.Minute}}
}

// ask asks once. headers are names and values in turn.
func (c *client) ask(ctx context.Context, method, path string, body any, headers ...string) (*answer, error) {
	var text []byte
	if body != nil {
		text, _ = json.Marshal(body) // of this program's own making
	}
	r, err := http.NewRequestWithContext(ctx, method, c.url+path, bytes.NewReader(text))
	if err != nil {
		return nil, err
	}
	r.Header.Set("Content-Type", "application/json")
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	began := time.Now()
	resp, err := c.http.Do(r)
	if err != nil {
		return nil, err
	}
	defer func() { _ = resp.Body.Close() }()
	text, err = io.ReadAll(io.LimitReader(resp.Body, 64<<20))
	return &answer{resp.StatusCode, resp.Header, text, time.Since(began)}, err
}

func (c *client) get(ctx context.Context, path string, headers ...string) (*answer, error) {
	return c.ask(ctx, http.MethodGet, path, nil, headers...)
}

// into reads an answer's JSON.
func (a *answer) into(v any) error {
	if err := json.Unmarshal(a.body, v); err != nil {
		return fmt.Errorf("status %d: %w: %.300s", a.status, err, a.body)
	}
	return nil
}

// problem is what a client reads of one.
type problem struct {
	Type      string `json:"type"`
	Retryable bool   `json:"retryable"`
}

// away reports whether the answer is a problem that may be tried again.
func (a *answer) away() bool {
	var p problem
	return a.status >= http.StatusInternalServerError && json.Unmarshal(a.body, &p) == nil && p.Retryable &&
		!strings.HasSuffix(p.Type, "/internal")
}
