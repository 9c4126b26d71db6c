package lifecycle_test

import (
	"fmt"
	"time"

	"github.com/ftagateway/ftagateway/model/lifecycle"
)

func ExampleNext() {
	facts := lifecycle.Facts{Reasons: []string{"998"}, Remarks: new(0)}
	_, err := lifecycle.Next(lifecycle.Entry, lifecycle.Filed, lifecycle.Reject, facts)
	fmt.Println(err)
	// Output:
	// entry: "reject" in state "filed" refused: rule reject-reason: has a reason code; 998 has remarks of 1 to 500 characters (ACE entry summary reject reasons)
}

func ExampleFold() {
	issued := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	steps := []lifecycle.Step{{Event: lifecycle.IssueRequest, At: issued}}

	claim := lifecycle.Fold(lifecycle.Claim, steps, issued.AddDate(0, 0, 10))
	fmt.Println(claim.State, claim.Due.Format(time.DateOnly))
	fmt.Println(claim.At(issued.AddDate(0, 0, 31)).State)
	// Output:
	// requestIssued 2026-04-02
	// requestOverdue
}

func ExampleFoldEntry() {
	filed := lifecycle.Version{N: 1, Event: lifecycle.File}
	refiled := lifecycle.Version{N: 2, Event: lifecycle.Refile}
	rejected := lifecycle.Disposition{Pins: 1, Event: lifecycle.Reject, Facts: lifecycle.Facts{Reasons: []string{"008"}}}

	entry := lifecycle.FoldEntry([]lifecycle.Version{filed, refiled}, []lifecycle.Disposition{rejected})
	fmt.Println(entry.State)
	for _, f := range entry.Findings {
		fmt.Println(f.Severity, f.Code)
	}
	// Output:
	// filed
	// info disposition-superseded
}
