package accesslog_test

import (
	"fmt"
	"log"
	"strings"

	"github.com/ftagateway/ftagateway/evidence/accesslog"
)

// Whoever runs an evidence server reads what CBP's key took.
func ExampleRead() {
	file := `{"time":"2026-11-20T14:00:00Z","action":"write","outcome":"kept","invoker":"did:key:z6MkFiler","evidence":"urn:uuid:1"}
{"time":"2026-11-20T15:00:00Z","action":"read","outcome":"given","invoker":"did:key:z6MkCustoms","evidence":"urn:uuid:1"}
`
	err := accesslog.Read(strings.NewReader(file), func(e accesslog.Entry) bool {
		if e.Invoker == "did:key:z6MkCustoms" {
			fmt.Println(e.Time.Format("15:04"), e.Outcome, e.Evidence)
		}
		return true
	})
	if err != nil {
		log.Fatal(err)
	}
	// Output: 15:00 given urn:uuid:1
}
