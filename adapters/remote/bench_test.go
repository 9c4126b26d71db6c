package remote_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/memory"
	"github.com/ftagateway/ftagateway/adapters/remote/ledgerhttp"
)

// BenchmarkGet reads entries of some sizes in process, through the protocol without a network, and through it over
// loopback; and, to compare with, fetches the same bytes by plain HTTP.
func BenchmarkGet(b *testing.B) {
	for _, size := range []int{1 << 10, 64 << 10} {
		inner := memory.New(memory.Options{})
		if _, err := inner.Append(b.Context(), &driver.Write{Key: "k", Body: make([]byte, size)}); err != nil {
			b.Fatal(err)
		}
		h := ledgerhttp.New(inner, ledgerhttp.Options{})
		near, err := driver.Open(b.Context(), "ledger+http://near", driver.Env{HTTP: &http.Client{Transport: inProcess{h}}})
		if err != nil {
			b.Fatal(err)
		}
		for name, l := range map[string]driver.Ledger{"in process": inner, "no network": near, "loopback": opened(b, h)} {
			b.Run(fmt.Sprintf("%d bytes/%s", size, name), func(b *testing.B) { readAll(b, l) })
		}
		b.Run(fmt.Sprintf("%d bytes/plain HTTP", size), func(b *testing.B) { plainHTTP(b, size) })
	}
}

func readAll(b *testing.B, l driver.Ledger) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := l.Get(b.Context(), driver.Ref{Key: "k"}); err != nil {
			b.Fatal(err)
		}
	}
}

func plainHTTP(b *testing.B, size int) {
	body := make([]byte, size)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(body) }))
	defer server.Close()
	b.ReportAllocs()
	for b.Loop() {
		resp, err := server.Client().Get(server.URL)
		if err != nil {
			b.Fatal(err)
		}
		_, _ = io.Copy(io.Discard, resp.Body)
		_ = resp.Body.Close()
	}
}
