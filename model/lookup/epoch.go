package lookup

import "time"

// An epoch is a calendar year in UTC: a key that leaks tells one year of one filer.
const (
	firstEpoch = 2000
	lastEpoch  = 9999
)

// Epoch is the year whose key a commitment is made with: that of the record's time of issue.
func Epoch(issued time.Time) int { return issued.UTC().Year() }

// Epochs lists the years that customs tries, newest first: this one, and those in which a record may have been issued
// that is still within retention. A negative retention counts as none.
func Epochs(now time.Time, retentionYears int) []int {
	var years []int
	for year := Epoch(now); year >= max(Epoch(now)-retentionYears, firstEpoch); year-- {
		years = append(years, year)
	}
	if len(years) == 0 {
		return []int{Epoch(now)}
	}
	return years
}
