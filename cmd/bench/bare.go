package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"

	"github.com/ftagateway/ftagateway/adapters/webledger/protocol"
)

// bare is a client of the Web Ledger protocol that does nothing but the protocol: it asks for a record, takes {record,
// meta} apart and believes what it says. It is what a read with verdict is held against, so it does no more work than it
// must: connections are kept, buffers have the right size, the record is not decoded further.
type bare struct {
	http     *http.Client
	services protocol.Services
}

// newBare begins where every client of the protocol does.
func newBare(ctx context.Context, node string) (*bare, error) {
	b := &bare{http: keeping()}
	answer, err := b.exchange(ctx, http.MethodGet, node+"/ledger-agents", nil, http.StatusOK)
	if err != nil {
		return nil, err
	}
	var list protocol.AgentList
	if err := json.Unmarshal(answer, &list); err != nil {
		return nil, err
	}
	if len(list.LedgerAgent) != 1 {
		return nil, fmt.Errorf("the node has %d ledger agents, want 1", len(list.LedgerAgent))
	}
	b.services = list.LedgerAgent[0].Service
	return b, nil
}

// keeping is an HTTP client that keeps a connection open for everybody who works side by side.
func keeping() *http.Client {
	return &http.Client{Transport: &http.Transport{MaxIdleConns: 0, MaxIdleConnsPerHost: 256}}
}

func (b *bare) close() { b.http.CloseIdleConnections() }

var nothing = []byte("{}")

func (b *bare) read(ctx context.Context, id string) error {
	answer, err := b.exchange(ctx, http.MethodPost, b.services.Query+"?id="+url.QueryEscape(id), nothing, http.StatusOK)
	if err != nil {
		return err
	}
	var record protocol.RecordAnswer
	if err := json.Unmarshal(answer, &record); err != nil {
		return err
	}
	if len(record.Record) == 0 {
		return fmt.Errorf("no record in the answer")
	}
	return nil
}

// send hands in an operation, and has it committed when it returns.
func (b *bare) send(ctx context.Context, operation []byte) error {
	_, err := b.exchange(ctx, http.MethodPost, b.services.Operation, operation, http.StatusNoContent)
	return err
}

// exchange sends one request and reads the whole answer.
func (b *bare) exchange(ctx context.Context, method, to string, body []byte, want int) ([]byte, error) {
	req, err := http.NewRequestWithContext(ctx, method, to, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Accept", protocol.Accept)
	if body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	return answerOf(b.http, req, want)
}

// get gets a URL, where there must be something.
func get(ctx context.Context, client *http.Client, url string) ([]byte, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return nil, err
	}
	body, err := answerOf(client, req, http.StatusOK)
	if err == nil && len(body) == 0 {
		err = fmt.Errorf("%s: an empty answer", url)
	}
	return body, err
}

func answerOf(client *http.Client, req *http.Request, want int) ([]byte, error) {
	resp, err := client.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	buf := bytes.NewBuffer(make([]byte, 0, max(resp.ContentLength, 0)+bytes.MinRead))
	if _, err := io.Copy(buf, resp.Body); err != nil {
		return nil, err
	}
	if resp.StatusCode != want {
		return nil, fmt.Errorf("%s %s: %s %.200q", req.Method, req.URL.Path, resp.Status, buf.Bytes())
	}
	return buf.Bytes(), nil
}
