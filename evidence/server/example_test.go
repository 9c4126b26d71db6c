package server_test

import (
	"fmt"
	"log"
	"net/http/httptest"
	"os"

	"github.com/ftagateway/ftagateway/evidence/server"
)

// A server gives a stranger nothing but its health.
func ExampleServer_HTTP() {
	dir, err := os.MkdirTemp("", "evidence")
	if err != nil {
		log.Fatal(err)
	}
	defer func() { _ = os.RemoveAll(dir) }()
	s, err := server.Open(server.Config{
		Dir: dir, BaseURL: "https://evidence.example",
		RootController: "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK",
	})
	if err != nil {
		log.Fatal(err)
	}
	handler := s.HTTP().Handler
	for _, path := range []string{"/healthz", "/evidence/aaaaaaaaaaaaaaaaaaaaaaaaaa/3f2c9a1e-5b7d-4c8e-9f10-2a3b4c5d6e7f"} {
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, httptest.NewRequest("GET", path, nil))
		fmt.Println(w.Code, w.Body)
	}
	if err := s.Close(); err != nil {
		log.Fatal(err)
	}
	// Output:
	// 200 {"status":"ok"}
	// 404 {"type":"https://w3id.org/fta/problems/not-available","title":"There is nothing here for you","status":404}
}
