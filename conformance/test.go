package conformance

import "context"

// T is what Test needs of *testing.T. It is an interface so that a program that links this package for Run does not
// link package testing.
type T interface {
	Helper()
	Context() context.Context
	Errorf(format string, args ...any)
	Logf(format string, args ...any)
}

// Test runs the suite under go test: each case that fails is an error of the test, told with its steps. A ledger that is
// not marked for testing is an error too, since then the cases that matter most were not played.
func Test(t T, h Harness, o Options) *Report {
	t.Helper()
	report := Run(t.Context(), h, o)
	for _, result := range report.Failed() {
		t.Errorf("%s\n%s", result.ID, result.explain("    "))
	}
	if report.Refused != "" {
		t.Errorf("%s", report.Refused)
	}
	if report.Hint != "" {
		t.Logf("%s", report.Hint)
	}
	for _, result := range report.Cases {
		if result.Outcome == NotOffered {
			t.Logf("not offered: %s needs %s", result.ID, result.Needs)
		}
	}
	return report
}
