package faultmatrix_test

import (
	"encoding/json"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/ftagateway/ftagateway/adapters"
	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/memory"
	_ "github.com/ftagateway/ftagateway/adapters/remote" // the driver for ledger+http
	"github.com/ftagateway/ftagateway/adapters/remote/ledgerhttp"
	"github.com/ftagateway/ftagateway/adapters/remote/protocol"
	"github.com/ftagateway/ftagateway/trust/key"
)

// remoteLedger is the driver of the ledger protocol before a server of it.
func remoteLedger(t *testing.T) row {
	t.Helper()
	chain := memory.New(memory.Options{})
	server := httptest.NewServer(ledgerhttp.New(chain, ledgerhttp.Options{}))
	t.Cleanup(func() {
		server.Close()
		_ = chain.Close()
	})
	return row{driver: "remote", reach: func(t *testing.T) reach {
		r := overHTTP(t, strings.TrimPrefix(server.URL, "http://"), func(url string) adapters.Config {
			return adapters.Config{URL: "ledger+" + url}
		})
		r.lies = map[string]lie{garbage: noise, wrongShape: foreign, staleBlock: rewound, forgedProof: altering(forgeEntry)}
		return r
	}}
}

// forgeEntry forges the signature in an entry, which the ledger protocol has in base64.
func forgeEntry(x exchange, s *said) {
	var e protocol.Entry
	if !strings.HasSuffix(x.path, "/"+string(protocol.OpGet)) || json.Unmarshal(s.body, &e) != nil || e.Body == nil {
		return
	}
	e.Body = forged(e.Body)
	if text, err := json.Marshal(e); err == nil {
		s.body = text
	}
}

// inMemory is the control: a chain in this process has no wire that could fail.
func inMemory(*testing.T) row {
	return row{driver: "memory", reach: func(t *testing.T) reach {
		c := adapters.Config{URL: "memory://faultmatrix-" + strings.ToLower(strings.NewReplacer("/", "-", "_", "-").Replace(t.Name()))}
		chain := must(driver.Open(t.Context(), c.URL, driver.Env{}))(t) // first, so that its clock is right in every cell
		t.Cleanup(func() { _ = chain.Close() })
		return reach{config: c, direct: c, env: adapters.Env{Signer: must(key.NewSigner())(t)}}
	}}
}
