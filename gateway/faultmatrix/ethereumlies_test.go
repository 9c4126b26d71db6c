package faultmatrix_test

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/ethclient"
)

// ethereumLies are told in JSON-RPC.
func ethereumLies(t *testing.T, node *ethclient.Client, l *liar) map[string]lie {
	t.Helper()
	stuck := "" // the block at which a stale node stays
	l.atMark = func() { stuck = hexutil.EncodeUint64(must(node.BlockNumber(t.Context()))(t)) }
	return map[string]lie{
		garbage: noise, wrongShape: results([]byte(`{"hello":["world",42]}`)),
		staleBlock:  func(x exchange) said { return stuckAt(x, stuck) },
		forgedProof: altering(forgeLogs),
	}
}

// rpc is a question or an answer of JSON-RPC.
type rpc struct {
	Version string          `json:"jsonrpc"`
	ID      json.RawMessage `json:"id"`
	Method  string          `json:"method,omitempty"`
	Params  json.RawMessage `json:"params,omitempty"`
	Result  json.RawMessage `json:"result,omitempty"`
	Error   json.RawMessage `json:"error,omitempty"`
}

// each changes one message, or each of several that were sent together.
func each(text []byte, change func(m *rpc)) []byte {
	var one rpc
	var some []*rpc
	var out []byte
	if json.Unmarshal(text, &one) == nil {
		change(&one)
		out, _ = json.Marshal(one)
		return out
	}
	if json.Unmarshal(text, &some) != nil {
		return text
	}
	for _, m := range some {
		change(m)
	}
	out, _ = json.Marshal(some)
	return out
}

// results answers the same to every question.
func results(all json.RawMessage) lie {
	return altering(func(_ exchange, s *said) {
		s.status, s.body = http.StatusOK, each(s.body, func(m *rpc) { m.Result, m.Error = all, nil })
	})
}

// stuckAt answers as a node does that has heard of no block after one.
func stuckAt(x exchange, block string) said {
	heads := map[string]bool{}
	question := each(x.question, func(m *rpc) {
		if m.Method == "eth_blockNumber" {
			heads[string(m.ID)] = true
		}
		for _, tag := range []string{"latest", "safe", "finalized", "pending"} {
			m.Params = bytes.ReplaceAll(m.Params, []byte(`"`+tag+`"`), []byte(`"`+block+`"`))
		}
	})
	s := x.ask(question)
	s.body = each(s.body, func(m *rpc) {
		if heads[string(m.ID)] {
			m.Result = json.RawMessage(`"` + block + `"`)
		}
	})
	return s
}

// forgeLogs forges the signature of every record in what the contract has logged, where it stands in hexadecimal.
func forgeLogs(x exchange, s *said) {
	if !bytes.Contains(x.question, []byte("eth_getLogs")) {
		return
	}
	member := hex.EncodeToString([]byte(`"proofValue":"z`))
	parts := strings.Split(string(s.body), member)
	for i, part := range parts[1:] {
		text := []byte(part)
		text[17] = map[bool]byte{true: '3', false: '2'}[text[17] == '2'] // the lower half of the ninth letter
		parts[i+1] = string(text)
	}
	s.body = []byte(strings.Join(parts, member))
}
