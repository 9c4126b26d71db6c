package api

import "github.com/ftagateway/ftagateway/adapters/driver"

// empty is a store that holds nothing.
type empty struct{}

func (empty) Get([]byte) ([]byte, bool, error)                        { return nil, false, nil }
func (empty) Apply(...driver.Change) error                            { return nil }
func (empty) Scan([]byte, []byte, func(key, value []byte) bool) error { return nil }
