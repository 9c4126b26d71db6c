package model

import (
	"fmt"
	"time"
)

// Date is a calendar date as a form has it: no time of day, no zone, the same day wherever it is read. Its only
// spelling is "2006-01-02".
type Date struct{ t time.Time }

const dateForm = "2006-01-02"

// NewDate gives a calendar date.
func NewDate(year int, month time.Month, day int) Date {
	return Date{time.Date(year, month, day, 0, 0, 0, 0, time.UTC)}
}

// DateOf gives the calendar date of a time in UTC.
func DateOf(t time.Time) Date { return NewDate(t.UTC().Date()) }

// ParseDate reads the one spelling of a date that exists.
func ParseDate(s string) (Date, error) {
	t, err := time.Parse(dateForm, s)
	if err != nil {
		return Date{}, fmt.Errorf("date %.40q: must be a calendar date that exists, spelled YYYY-MM-DD (ISO 8601)", s)
	}
	return Date{t}, nil
}

// MustDate is ParseDate for dates written in code; it panics.
func MustDate(s string) Date {
	d, err := ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

// Before reports whether d is an earlier day than other.
func (d Date) Before(other Date) bool { return d.t.Before(other.t) }

// After reports whether d is a later day than other.
func (d Date) After(other Date) bool { return d.t.After(other.t) }

// Within reports whether d is from or until, or a day between them.
func (d Date) Within(from, until Date) bool { return !d.Before(from) && !d.After(until) }

// AddDays gives the date n days later.
func (d Date) AddDays(n int) Date { return Date{d.t.AddDate(0, 0, n)} }

// AddMonths gives the same day n months later, or the last day of that month where it is shorter: a period of twelve
// months from 29 February ends with February.
func (d Date) AddMonths(n int) Date {
	y, m, day := d.t.Date()
	last := NewDate(y, m+time.Month(n)+1, 0)
	if day >= last.t.Day() {
		return last
	}
	return NewDate(y, m+time.Month(n), day)
}

// DaysUntil counts the days from d to other; negative when other is earlier.
func (d Date) DaysUntil(other Date) int { return int(other.t.Sub(d.t).Hours() / 24) }

// Time gives the start of the day in UTC.
func (d Date) Time() time.Time { return d.t }

// IsZero reports whether the date was never set.
func (d Date) IsZero() bool { return d.t.IsZero() }

// String gives the one spelling.
func (d Date) String() string { return d.t.Format(dateForm) }

// MarshalText gives the one spelling.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads the one spelling.
func (d *Date) UnmarshalText(b []byte) (err error) {
	*d, err = ParseDate(string(b))
	return err
}
