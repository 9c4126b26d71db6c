package cache_test

import (
	"testing"

	"github.com/ftagateway/ftagateway/adapters/cache"
	"github.com/ftagateway/ftagateway/adapters/cache/cachetest"
)

func TestMemoryIsAStore(t *testing.T) {
	m := cache.NewMemory(1 << 20)
	cachetest.Run(t, func(t *testing.T) cache.Store { return m.For(t.Name()) })
}
