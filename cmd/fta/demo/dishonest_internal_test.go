package demo

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"
)

// The dishonest node lies about the records that it is told to, and passes on everything else as it is.
func TestLiar(t *testing.T) {
	truth := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/query":
			fmt.Fprintf(w, `{"record":{"id":%q,"true":true},"meta":{"sequence":7}}`, r.URL.Query().Get("id"))
		case "/agents":
			fmt.Fprint(w, r.Host)
		default:
			http.NotFound(w, r)
		}
	}))
	defer truth.Close()
	target, err := url.Parse(truth.URL)
	if err != nil {
		t.Fatal(err)
	}
	l := &liar{lies: map[string]lie{}}
	node := httptest.NewServer(l.handler(target))
	defer node.Close()

	honest := `{"record":{"id":"a","true":true},"meta":{"sequence":7}}`
	is(t, node.URL+"/query?id=a", http.StatusOK, honest)
	l.tell("a", lie{Record: json.RawMessage(`{"id":"a","true":false}`), Sequence: 3})
	is(t, node.URL+"/query?id=a", http.StatusOK, `{"meta":{"sequence":3},"record":{"id":"a","true":false}}`)
	is(t, node.URL+"/query?id=b", http.StatusOK, `{"record":{"id":"b","true":true},"meta":{"sequence":7}}`)
	is(t, node.URL+"/nosuch?id=a", http.StatusNotFound, "404 page not found\n")
	is(t, node.URL+"/agents?id=a", http.StatusOK, node.Listener.Addr().String())
}

func is(t *testing.T, address string, status int, body string) {
	t.Helper()
	r, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	got, err := io.ReadAll(r.Body)
	if err != nil || r.StatusCode != status || string(got) != body {
		t.Errorf("%s: %d %s, %v; want %d %s", address, r.StatusCode, got, err, status, body)
	}
}
