package store

import (
	"fmt"
	"log/slog"
	"os"

	"github.com/cockroachdb/pebble"
	"github.com/cockroachdb/pebble/bloom"
	"github.com/cockroachdb/pebble/vfs"
)

// Sizes are small: the whole gateway is to stay below 150 MiB, and what is read often is cached above the store.
const (
	cacheBytes    = 8 << 20
	memTableBytes = 4 << 20
	openFiles     = 128
	bloomBits     = 10 // a key that is not there costs a read of disk in one of a hundred cases
)

func options(fs vfs.FS, cache *pebble.Cache) *pebble.Options {
	return &pebble.Options{
		FS:           fs,
		Cache:        cache,
		MemTableSize: memTableBytes,
		MaxOpenFiles: openFiles,
		Levels:       []pebble.LevelOptions{{FilterPolicy: bloom.FilterPolicy(bloomBits)}},
		Logger:       logger{},
		// By its own name and not as the newest, so that a folder's format changes only when somebody decides it.
		FormatMajorVersion: pebble.FormatVirtualSSTables,
	}
}

// logger is Pebble's way to speak.
type logger struct{}

// Infof says nothing: compactions and replayed logs are no news for an operator.
func (logger) Infof(string, ...any) {}

// Fatalf ends the process, as Pebble needs it. It is called when a write to disk failed, and after that nobody knows what
// is on it; a process that starts again recovers everything that was acknowledged.
func (logger) Fatalf(format string, args ...any) {
	slog.Error("the store cannot go on", "cause", fmt.Sprintf(format, args...))
	os.Exit(1)
}
