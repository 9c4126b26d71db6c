package memory_test

import (
	"context"
	"fmt"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/memory"
)

func Example() {
	ctx := context.Background()
	ledger := memory.New(memory.Options{})
	defer ledger.Close()

	receipt, err := ledger.Append(ctx, &driver.Write{Key: "urn:uuid:1", Body: []byte(`{"type":"EntrySummary"}`)})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(receipt.State, "version", receipt.Version, "at height", receipt.Pos.Height)

	entry, err := ledger.Get(ctx, driver.Ref{Key: "urn:uuid:1"})
	if err != nil {
		fmt.Println(err)
		return
	}
	proof, err := ledger.Prove(ctx, entry)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(driver.Verify(entry, proof, ledger.Chain().Anchors()).Outcome)

	entry.Body[0] = '['
	fmt.Println(driver.Verify(entry, proof, ledger.Chain().Anchors()).Outcome)
	// Output:
	// final version 1 at height 1
	// valid
	// invalid
}
