package model_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/ftagateway/ftagateway/model"
)

func TestDatesAreRealDaysInOneSpelling(t *testing.T) {
	for _, s := range []string{"2026-11-20", "2024-02-29", "1999-12-31"} {
		d, err := model.ParseDate(s)
		if err != nil || d.String() != s {
			t.Errorf("%s: %s, %v", s, d, err)
		}
	}
	for _, s := range []string{"", "2026-02-29", "2026-2-9", "26-02-09", "2026-02-09Z", "2026-02-09T00:00:00Z", "02/09/2026", "2026-13-01"} {
		if d, err := model.ParseDate(s); err == nil {
			t.Errorf("%q is taken for %s", s, d)
		}
	}
}

func TestInstantsAreUTCToTheSecond(t *testing.T) {
	at := model.At(time.Date(2026, 11, 20, 23, 59, 59, 999, time.FixedZone("EST", -5*3600)))
	if got := at.String(); got != "2026-11-21T04:59:59Z" {
		t.Errorf("%s", got)
	}
	if got := at.Date().String(); got != "2026-11-21" {
		t.Errorf("date %s", got)
	}
	for _, s := range []string{"", "2026-11-20", "2026-11-20T14:00:00", "2026-11-20T14:00:00+00:00", "2026-11-20T14:00:00.0Z", "2026-11-31T14:00:00Z"} {
		if i, err := model.ParseInstant(s); err == nil {
			t.Errorf("%q is taken for %s", s, i)
		}
	}
}

// A blanket period of twelve months ends on the day before the same date of the next year, also around leap days.
func TestMonthsAreAddedAsACalendarDoes(t *testing.T) {
	for _, c := range []struct {
		from   string
		months int
		want   string
	}{
		{"2026-01-01", 12, "2027-01-01"},
		{"2026-01-31", 1, "2026-02-28"},
		{"2024-02-29", 12, "2025-02-28"},
		{"2020-02-29", 48, "2024-02-29"},
		{"2025-12-18", 48, "2029-12-18"},
		{"2026-11-30", 3, "2027-02-28"},
		{"2023-02-28", 12, "2024-02-28"},
	} {
		if got := model.MustDate(c.from).AddMonths(c.months); got.String() != c.want {
			t.Errorf("%s and %d months: %s, want %s", c.from, c.months, got, c.want)
		}
	}
}

func TestDaysBetweenDates(t *testing.T) {
	from, to := model.MustDate("2026-03-01"), model.MustDate("2026-11-30")
	if n := from.DaysUntil(to); from.AddDays(n) != to || to.DaysUntil(from) != -n {
		t.Errorf("%d days", n)
	}
}

func TestDecimalHasOneSpelling(t *testing.T) {
	for _, s := range []string{"0", "7", "10", "0.5", "31.67", "999999999999999.999999"} {
		if d, err := model.ParseDecimal(s); err != nil || string(d) != s {
			t.Errorf("%s: %s, %v", s, d, err)
		}
	}
	for _, s := range []string{"", "00", "01", "1.0", "1.", ".5", "-1", "+1", "1e3", "1,000", " 1", "١", "1000000000000000", "0.1234567", "NaN"} {
		if d, err := model.ParseDecimal(s); err == nil {
			t.Errorf("%q is taken for %s", s, d)
		}
	}
}

// Sums of money are exact, and are spelled as a document spells them.
func TestDecimalsAddUpExactly(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		decimals := rapid.StringMatching(`^(0|[1-9][0-9]{0,11})(\.[0-9]{0,5}[1-9])?$`)
		a, b := model.Decimal(decimals.Draw(t, "a")), model.Decimal(decimals.Draw(t, "b"))
		total := a.Add(b)
		if _, err := model.ParseDecimal(string(total)); err != nil || total != b.Add(a) || total.Cmp(a) < 0 {
			t.Fatalf("%s + %s = %s, %v", a, b, total, err)
		}
	})
	if got := model.Decimal("0.1").Add("0.2"); got != "0.3" {
		t.Errorf("0.1 + 0.2 = %s", got)
	}
	if got := model.Decimal("31.67").Places(); got != 2 {
		t.Errorf("31.67 has %d decimals", got)
	}
}

func TestQuantitiesInUnitsOfRecommendation20(t *testing.T) {
	for unit, want := range map[string]string{"KG": "KGM", "NO": "C62", "PCS": "H87", "DOZ": "DZN", "M2": "MTK", "CAR": "CTM"} {
		got, err := model.Quantity{Value: "2", UnitCode: unit, UnitScheme: model.SchemeCBP}.UNECE20()
		if err != nil || got != (model.Quantity{Value: "2", UnitCode: want, UnitScheme: model.SchemeUNECE20}) {
			t.Errorf("%s: %+v, %v", unit, got, err)
		}
	}
	for _, unit := range []string{"X", "CKG", "SBE", "KGM", ""} {
		if got, err := (model.Quantity{Value: "2", UnitCode: unit, UnitScheme: model.SchemeCBP}).UNECE20(); err == nil {
			t.Errorf("%s is taken for %+v", unit, got)
		}
	}
}
