package ledgerhttp_test

import (
	"context"
	"fmt"
	"net/http/httptest"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/memory"
	"github.com/ftagateway/ftagateway/adapters/remote/ledgerhttp"
)

// A vendor in Go serves its driver; a gateway opens it by its address.
func Example() {
	server := httptest.NewServer(ledgerhttp.New(memory.New(memory.Options{}), ledgerhttp.Options{}))
	defer server.Close()

	ctx := context.Background()
	ledger, err := driver.Open(ctx, "ledger+"+server.URL, driver.Env{})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer ledger.Close()
	receipt, err := ledger.Append(ctx, &driver.Write{Key: "cert-17", Body: []byte(`{"n":1}`)})
	fmt.Println(receipt.State, receipt.Version, err)
	entry, err := ledger.Get(ctx, driver.Ref{Key: "cert-17"})
	fmt.Printf("%s %v\n", entry.Body, err)
	_, err = ledger.Get(ctx, driver.Ref{Key: "cert-18"})
	fmt.Println(driver.CodeOf(err), driver.IsOutage(err))
	// Output:
	// final 1 <nil>
	// {"n":1} <nil>
	// not-found false
}
