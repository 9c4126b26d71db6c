package model

import (
	"fmt"
	"time"
)

// Instant is a point in time, UTC, to the second. Its only spelling is "2006-01-02T15:04:05Z": two spellings of one
// instant would be two digests.
type Instant struct{ t time.Time }

const instantForm = "2006-01-02T15:04:05Z"

// At gives the instant of a time, cut to the second.
func At(t time.Time) Instant { return Instant{t.UTC().Truncate(time.Second)} }

// ParseInstant reads the one spelling of an instant.
func ParseInstant(s string) (Instant, error) {
	t, err := time.Parse(instantForm, s)
	if err != nil || t.Format(instantForm) != s { // Parse takes fractions of a second too
		return Instant{}, fmt.Errorf("instant %.40q: must be a real UTC time spelled YYYY-MM-DDThh:mm:ssZ (RFC 3339)", s)
	}
	return Instant{t}, nil
}

// Time gives the instant as a time in UTC.
func (i Instant) Time() time.Time { return i.t }

// Date gives the calendar date of the instant in UTC.
func (i Instant) Date() Date { return DateOf(i.t) }

// IsZero reports whether the instant was never set.
func (i Instant) IsZero() bool { return i.t.IsZero() }

// String gives the one spelling.
func (i Instant) String() string { return i.t.Format(instantForm) }

// MarshalText gives the one spelling.
func (i Instant) MarshalText() ([]byte, error) { return []byte(i.String()), nil }

// UnmarshalText reads the one spelling.
func (i *Instant) UnmarshalText(b []byte) (err error) {
	*i, err = ParseInstant(string(b))
	return err
}
