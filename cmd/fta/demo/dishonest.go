package demo

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httputil"
	"net/url"
	"strconv"
	"sync"
)

// lie is a record as the dishonest node shows it in the place of the true one.
type lie struct {
	Record   json.RawMessage `json:"record"`
	Sequence uint64          `json:"sequence"`
}

// liar is a node that passes on what another answers, but for the records that it lies about. It shows itself as the
// whole ledger: its service map leads to itself.
type liar struct {
	mu   sync.RWMutex
	lies map[string]lie // by record id
}

// tell makes the node lie about a record from now on.
func (l *liar) tell(id string, as lie) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.lies[id] = as
}

// about is the lie told about the record that a query is for.
func (l *liar) about(u *url.URL) (lie, bool) {
	l.mu.RLock()
	defer l.mu.RUnlock()
	as, ok := l.lies[u.Query().Get("id")]
	return as, ok
}

// handler passes everything on to the node at target. The node names its services after the host that was asked, and so
// they lead here.
func (l *liar) handler(target *url.URL) http.Handler {
	proxy := &httputil.ReverseProxy{
		Rewrite: func(r *httputil.ProxyRequest) {
			r.SetURL(target)
			r.Out.Host = r.In.Host
		},
		ModifyResponse: func(r *http.Response) error {
			as, ok := l.about(r.Request.URL)
			if !ok || r.StatusCode != http.StatusOK {
				return nil
			}
			return as.replace(r)
		},
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		// Without it an answer is cut off where it comes before the proxy has seen that the request is at its end.
		_ = http.NewResponseController(w).EnableFullDuplex()
		proxy.ServeHTTP(w, r)
	})
}

// replace puts the lie in the place of an answer to a query; other answers about a record's id stay.
func (as lie) replace(r *http.Response) error {
	var answer struct {
		Record json.RawMessage `json:"record"`
	}
	truth, err := io.ReadAll(r.Body)
	if err != nil {
		return err
	}
	_ = r.Body.Close()
	told := truth
	if json.Unmarshal(truth, &answer) == nil && answer.Record != nil {
		told, err = json.Marshal(map[string]any{"record": as.Record, "meta": map[string]uint64{"sequence": as.Sequence}})
	}
	r.Body = io.NopCloser(bytes.NewReader(told))
	r.ContentLength = int64(len(told))
	r.Header.Set("Content-Length", strconv.Itoa(len(told)))
	return err
}

// dishonestNode starts a node that shows the partners' ledger, and lies about what an earlier run had it lie about.
func (d *Demo) dishonestNode(ctx context.Context) error {
	l, err := d.listen(ctx, "dishonest")
	if err != nil {
		return err
	}
	d.liar = &liar{lies: d.state.Lies}
	target := &url.URL{Scheme: "http", Host: d.state.Addresses["trade"]}
	d.serve("dishonest node", l, d.liar.handler(target))
	return nil
}
