package config_test

import (
	"testing"

	"github.com/ftagateway/ftagateway/cmd/fta/config"
)

// A size has its unit, and is written in the largest one in which it is whole.
func TestSize(t *testing.T) {
	for text, want := range map[string]config.Size{"1KiB": 1024, "64MiB": 64 << 20, "2GiB": 2 << 30, "0MiB": 0} {
		var s config.Size
		if err := s.UnmarshalText([]byte(text)); err != nil || s != want {
			t.Errorf("%s: %d, %v", text, s, err)
		}
	}
	for _, text := range []string{"", "64", "64MB", "MiB", "-1MiB", "1.5GiB", " 1MiB", "1 MiB", "9223372036854775807KiB", "99999999999999999999KiB"} {
		if err := new(config.Size).UnmarshalText([]byte(text)); err == nil {
			t.Errorf("%q was taken", text)
		}
	}
	for size, want := range map[config.Size]string{64 << 20: "64MiB", 3 << 30: "3GiB", 1536: "1536", 5 << 10: "5KiB", 0: "0"} {
		if size.String() != want {
			t.Errorf("%d is written %s, want %s", size, size, want)
		}
	}
}
