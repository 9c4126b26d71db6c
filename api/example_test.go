package api_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"

	"github.com/ftagateway/ftagateway/api"
	"github.com/ftagateway/ftagateway/filing"
	"github.com/ftagateway/ftagateway/gateway"
	"github.com/ftagateway/ftagateway/gateway/gatewaytest"
	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/model/sample"
)

// A certificate of origin and an entry that claims preference under it stand on a ledger. The gateway is started, the
// entry found by its number, and opened.
func Example() {
	world, end := gatewaytest.Example()
	defer end()
	certificate := world.File(world.Exporter, "trade", sample.Certificate(model.USMCA), filing.Filing{})
	world.File(world.Importer, "trade", sample.Summary(model.USMCA, certificate.Pin()), filing.Filing{})

	server := httptest.NewServer(api.New(api.Config{Gateway: world.Gateway}))
	defer server.Close()

	var found gateway.Found
	question := bytes.NewBufferString(`{"entryNumber": "` + sample.EntryUSMCA + `"}`)
	exchange(http.Post(server.URL+"/v1/entries/find", "application/json", question))(&found)

	var file gateway.EntryFile
	exchange(http.Get(server.URL + "/v1/entries/" + found.Entries[0]))(&file)
	fmt.Println(file.Status, file.Outcome)
	for _, line := range file.Lines {
		fmt.Println("line", line.Number, line.ClaimStatus, line.Outcome)
	}
	// Output:
	// filed valid
	// line 1 claimed valid
	// line 2 claimed valid
	// line 3 noClaim
}

// exchange reads an answer.
func exchange(resp *http.Response, err error) func(into any) {
	return func(into any) {
		if err != nil {
			panic(err)
		}
		defer resp.Body.Close()
		if err := json.NewDecoder(resp.Body).Decode(into); err != nil {
			panic(err)
		}
	}
}
