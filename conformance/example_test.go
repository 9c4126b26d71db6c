package conformance_test

import (
	"context"
	"fmt"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/memory"
	"github.com/ftagateway/ftagateway/conformance"
)

func ExampleRun() {
	ledger := memory.New(memory.Options{ForTesting: true})
	report := conformance.Run(context.Background(), conformance.Harness{
		Open:    func(context.Context) (driver.Ledger, error) { return ledger, nil },
		Author:  ledger.Author(),
		Anchors: ledger.Chain().Anchors,
	}, conformance.Options{Seed: 1, Levels: []conformance.Level{conformance.LevelProof}})

	for _, result := range report.Cases {
		fmt.Printf("%-10s %s\n", result.Outcome, result.ID)
	}
	// Output:
	// pass       proof/verifies
	// pass       proof/every-version
	// pass       proof/stays-valid
	// pass       proof/binds-what-was-written
	// pass       proof/binds-the-author
	// pass       proof/binds-the-place
	// notOffered proof/other-anchors-are-refused
	// pass       proof/altered-proof-is-refused
}
