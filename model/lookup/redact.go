package lookup

import (
	"fmt"
	"log/slog"
)

const redacted = "lookup.Key(redacted)"

// String hides the key.
func (Key) String() string { return redacted }

// GoString hides the key.
func (Key) GoString() string { return redacted }

// LogValue hides the key.
func (Key) LogValue() slog.Value { return slog.StringValue(redacted) }

// MarshalText hides the key: it is derived where it is needed and never stored.
func (Key) MarshalText() ([]byte, error) { return []byte(redacted), nil }

// Format hides the key under every verb, %x included.
func (Key) Format(f fmt.State, _ rune) { fmt.Fprint(f, redacted) }
