package lookup

import "time"

// An epoch is a calendar year in UTC: a key that leaks tells one year of one filer.
const (
	firstEpoch = 2000
	lastEpoch  = 9999
)

// slack is how wrong a clock may be.
const slack = 24 * time.Hour

// Epoch is the year whose key a commitment is made with: that of the record's time of issue.
func Epoch(issued time.Time) int { return issued.UTC().Year() }

// Epochs lists the years that customs tries, newest first: this one, and those in which a record may have been issued
// that is still within retention. A negative retention counts as none. On the last day of a year the next one is among
// them: neither customs' clock nor the filer's need be right.
func Epochs(now time.Time, retentionYears int) []int {
	newest, oldest := Epoch(now.Add(slack)), Epoch(now)-max(0, retentionYears)
	var years []int
	for year := newest; year >= max(oldest, firstEpoch); year-- {
		years = append(years, year)
	}
	if len(years) == 0 {
		return []int{Epoch(now)}
	}
	return years
}
