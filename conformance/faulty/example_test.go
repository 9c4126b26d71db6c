package faulty_test

import (
	"context"
	"fmt"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/memory"
	"github.com/ftagateway/ftagateway/conformance"
	"github.com/ftagateway/ftagateway/conformance/faulty"
)

func Example() {
	fault := faulty.All()[0]
	report := conformance.Run(context.Background(), conformance.Harness{
		Open: func(context.Context) (driver.Ledger, error) {
			return fault.Break(memory.New(memory.Options{ForTesting: true}))
		},
	}, conformance.Options{Cases: []string{fault.Caught}})

	fmt.Println(fault.Name)
	fmt.Println(fault.Breaks)
	fmt.Println(report.Failed()[0].ID)
	// Output:
	// no-page-size
	// Describes no page size, so that nobody knows how much one answer holds.
	// read/description-is-complete
}
