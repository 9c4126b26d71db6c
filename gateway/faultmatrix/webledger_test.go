package faultmatrix_test

import (
	"context"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/ftagateway/ftagateway/adapters"
	_ "github.com/ftagateway/ftagateway/adapters/webledger" // the driver for webledger+http
	"github.com/ftagateway/ftagateway/adapters/webledger/node"
	"github.com/ftagateway/ftagateway/trust/key"
)

// webLedger is the Web Ledger's driver before a node on CometBFT.
func webLedger(t *testing.T) row {
	t.Helper()
	transport := must(key.NewSigner())(t)
	n := must(node.Open(context.Background(), node.Config{
		Home: t.TempDir(), ApprovedSigners: []string{must(key.DID(transport))(t)}, Name: "sick",
	}))(t)
	server := httptest.NewServer(n.Handler())
	t.Cleanup(func() {
		server.Close()
		if err := n.Close(); err != nil {
			t.Error(err)
		}
	})
	return row{driver: "webledger", reach: func(t *testing.T) reach {
		r := overHTTP(t, strings.TrimPrefix(server.URL, "http://"), func(url string) adapters.Config {
			return adapters.Config{URL: "webledger+" + url}
		})
		r.env.Signer = transport
		r.lies = map[string]lie{garbage: noise, wrongShape: foreign, staleBlock: rewound,
			forgedProof: altering(func(x exchange, s *said) {
				if strings.HasSuffix(x.path, "/query") {
					s.body = forged(s.body)
				}
			})}
		return r
	}}
}
