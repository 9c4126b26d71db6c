package evidencetest

import (
	"bytes"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// KV is a driver.KV in memory, whose next call can be made to fail.
type KV struct {
	mu   sync.Mutex
	data map[string][]byte
	Err  error // what every call answers while it is set
}

// Get is that of driver.KV.
func (k *KV) Get(key []byte) ([]byte, bool, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	value, ok := k.data[string(key)]
	return bytes.Clone(value), ok, k.Err
}

// Apply is that of driver.KV.
func (k *KV) Apply(changes ...driver.Change) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.Err != nil {
		return k.Err
	}
	if k.data == nil {
		k.data = map[string][]byte{}
	}
	for _, c := range changes {
		if k.data[string(c.Key)] = bytes.Clone(c.Value); c.Value == nil {
			delete(k.data, string(c.Key))
		}
	}
	return nil
}

// Scan is that of driver.KV.
func (k *KV) Scan(prefix, after []byte, yield func(key, value []byte) bool) error {
	k.mu.Lock()
	all, err := maps.Clone(k.data), k.Err
	k.mu.Unlock()
	for _, key := range slices.Sorted(maps.Keys(all)) {
		if !strings.HasPrefix(key, string(prefix)) || key <= string(after) {
			continue
		}
		if !yield([]byte(key), all[key]) {
			break
		}
	}
	return err
}

// Len is how many keys there are.
func (k *KV) Len() int {
	k.mu.Lock()
	defer k.mu.Unlock()
	return len(k.data)
}
