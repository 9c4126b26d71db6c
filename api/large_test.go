package api_test

import (
	"bytes"
	"net/http"
	"testing"

	"github.com/ftagateway/ftagateway/api"
)

// A client that ends its connection with its request, and still sends when the answer comes, reads the answer all the
// same. Some of many would not, where the server cuts the connection at once.
func TestWhoSendsTooMuchIsTold(t *testing.T) {
	s := newSite(t, options{})
	for range 15 {
		r := post("/v1/verify", bytes.Repeat([]byte(" "), 16<<20)).request(s.server.URL)
		r.Close = true
		resp, err := s.server.Client().Do(r)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		if resp.StatusCode != http.StatusRequestEntityTooLarge || resp.Header.Get("Content-Type") != "application/problem+json" {
			t.Fatalf("%d, want %s", resp.StatusCode, api.CodeTooLarge)
		}
	}
}
