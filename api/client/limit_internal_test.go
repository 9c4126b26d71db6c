package client

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestAnAnswerAboveTheLimitIsNotTaken(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, `{"a":"`+strings.Repeat("x", 100)+`"}`)
	}))
	defer server.Close()
	c, err := New(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	for most, taken := range map[int64]bool{107: false, 108: true} {
		c.most = most
		if err := c.Get(t.Context(), "/", &struct{}{}); (err == nil) != taken {
			t.Errorf("108 bytes where %d are taken: %v", most, err)
		}
	}
}
