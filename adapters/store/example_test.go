package store_test

import (
	"fmt"
	"os"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/store"
)

func Example() {
	dir, _ := os.MkdirTemp("", "gateway")
	defer os.RemoveAll(dir)
	s, _ := store.Open(dir)
	defer s.Close()

	index := s.Sub("ledger/trade/index")
	_ = index.Apply(
		driver.Change{Key: []byte("block/1"), Value: []byte("genesis")},
		driver.Change{Key: []byte("block/2"), Value: []byte("next")},
	)
	_ = index.Scan([]byte("block/"), nil, func(key, value []byte) bool {
		fmt.Printf("%s %s\n", key, value)
		return true
	})
	// Output:
	// block/1 genesis
	// block/2 next
}
