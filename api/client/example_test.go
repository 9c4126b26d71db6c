package client_test

import (
	"context"
	"errors"
	"fmt"
	"net/http/httptest"

	"github.com/ftagateway/ftagateway/api"
	"github.com/ftagateway/ftagateway/api/client"
	"github.com/ftagateway/ftagateway/filing"
	"github.com/ftagateway/ftagateway/gateway"
	"github.com/ftagateway/ftagateway/gateway/gatewaytest"
	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/model/sample"
)

func ExampleClient() {
	world, end := gatewaytest.Example()
	defer end()
	world.File(world.Exporter, "trade", sample.Certificate(model.NAFTA), filing.Filing{})
	server := httptest.NewServer(api.New(api.Config{Gateway: world.Gateway}))
	defer server.Close()

	c, err := client.New(server.URL)
	if err != nil {
		panic(err)
	}
	defer c.Close()
	var page gateway.Page
	if err := c.Get(context.Background(), "/v1/records?type=CertificateOfOrigin", &page); err != nil {
		panic(err)
	}
	for _, r := range page.Records {
		fmt.Println(r.Type, r.Event, r.Verdict.Outcome)
	}

	var refusal *client.Problem
	err = c.Post(context.Background(), "/v1/entries/find", map[string]string{"entryNumber": "ABC-1234567-0"}, nil)
	if errors.As(err, &refusal) {
		fmt.Println(refusal.Status, refusal.Title, refusal.Faults[0].Pointer)
	}
	// Output:
	// CertificateOfOrigin certify valid
	// 422 The request has faults /entryNumber
}
