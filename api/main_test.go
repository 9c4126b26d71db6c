package api_test

import (
	"flag"
	"fmt"
	"os"
	"sync"
	"testing"

	"github.com/getkin/kin-openapi/openapi3filter"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) {
	openapi3filter.RegisterBodyDecoder("application/schema+json", openapi3filter.JSONBodyDecoder)
	openapi3filter.RegisterBodyDecoder("application/x-ndjson", openapi3filter.PlainBodyDecoder)
	openapi3filter.RegisterBodyDecoder("text/event-stream", openapi3filter.PlainBodyDecoder)
	goleak.VerifyTestMain(m, goleak.Cleanup(func(code int) { os.Exit(max(code, untried())) }))
}

// tried notes which operations of the description some test has held an answer against.
var tried sync.Map

// untried answers 1, and says why, if the whole suite ran and some operation was never tried.
func untried() (code int) {
	if flag.Lookup("test.run").Value.String() != "" || flag.Lookup("test.list").Value.String() != "" {
		return 0
	}
	for _, name := range operations(description()) {
		if _, ok := tried.Load(name); !ok {
			fmt.Printf("no test tries %s\n", name)
			code = 1
		}
	}
	return code
}
