package webledger_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/store"
	"github.com/ftagateway/ftagateway/adapters/webledger/protocol"
)

// BenchmarkGetNewest reads records of a real node by the driver and by a client that does nothing but the protocol, in
// rounds that take turns. The metric "of-bare" is how many reads the driver makes while the bare client makes one: the
// median of the rounds.
func BenchmarkGetNewest(b *testing.B) {
	n := newRealNode(b)
	kv := store.Memory()
	defer kv.Close()
	l, err := driver.Open(within(b), n.url, driver.Env{Store: kv.Sub("bench"), Signer: newKey(0)})
	if err != nil {
		b.Fatal(err)
	}
	defer l.Close()
	keys := make([]string, 32)
	for i := range keys {
		keys[i] = newID()
		r := record(keys[i], 1)
		r["remarks"] = strings.Repeat("a record as long as they are ", 40)
		if _, err := l.Append(within(b), &driver.Write{Key: keys[i], Body: body(b, r)}); err != nil {
			b.Fatal(err)
		}
	}
	bare := newBareClient(b, strings.TrimSuffix(strings.TrimPrefix(n.url, "webledger+"), "?testing=1"))
	get := func(key string) error { _, err := l.Get(context.Background(), driver.Ref{Key: key}); return err }
	var ratios []float64
	for b.Loop() {
		ratios = append(ratios, round(b, keys, bare.query).Seconds()/round(b, keys, get).Seconds())
	}
	slices.Sort(ratios)
	b.ReportMetric(ratios[len(ratios)/2], "of-bare")
	b.ReportMetric(0, "ns/op")
}

// round is how long it takes to read every key eight times.
func round(b *testing.B, keys []string, read func(key string) error) time.Duration {
	b.Helper()
	began := time.Now()
	for range 8 {
		for _, key := range keys {
			if err := read(key); err != nil {
				b.Fatal(err)
			}
		}
	}
	return time.Since(began)
}

// bareClient asks a node for records and believes what it says.
type bareClient struct{ query func(key string) error }

func newBareClient(b *testing.B, base string) *bareClient {
	b.Helper()
	transport := &http.Transport{MaxIdleConnsPerHost: 128}
	b.Cleanup(transport.CloseIdleConnections)
	client := &http.Client{Transport: transport}
	ask := func(method, url, body string, into any) error {
		req, err := http.NewRequest(method, url, strings.NewReader(body))
		if err != nil {
			return err
		}
		req.Header.Set("Accept", protocol.Accept)
		resp, err := client.Do(req)
		if err != nil {
			return err
		}
		defer resp.Body.Close()
		data, err := io.ReadAll(resp.Body)
		if err != nil || resp.StatusCode != http.StatusOK {
			return fmt.Errorf("%s: %w", resp.Status, err)
		}
		return json.Unmarshal(data, into)
	}
	var list protocol.AgentList
	if err := ask(http.MethodGet, base+"/ledger-agents", "", &list); err != nil {
		b.Fatal(err)
	}
	service := list.LedgerAgent[0].Service.Query
	return &bareClient{func(key string) error {
		var answer protocol.RecordAnswer
		return ask(http.MethodPost, service+"?id="+key, "{}", &answer)
	}}
}

// BenchmarkCatchUp reads a ledger of many operations into an empty index.
func BenchmarkCatchUp(b *testing.B) {
	const blocks, each = 20, 50
	s := newStandIn(b)
	for range blocks {
		ops := make([]*protocol.Operation, each)
		for i := range ops {
			ops[i] = s.create(record(newID(), 1))
		}
		s.block(ops...)
	}
	for b.Loop() {
		kv := store.Memory()
		l, err := driver.Open(within(b), s.url(), driver.Env{Store: kv.Sub("bench")})
		if err != nil {
			b.Fatal(err)
		}
		batch, err := l.Changes(within(b), "", 0, 0)
		if err != nil || batch.Entries == nil {
			b.Fatal(batch, err)
		}
		l.Close()
		kv.Close()
	}
	b.ReportMetric(float64(blocks*each*b.N)/b.Elapsed().Seconds(), "operations/s")
}
