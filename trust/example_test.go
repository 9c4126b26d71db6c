package trust_test

import (
	"fmt"

	"github.com/ftagateway/ftagateway/trust"
)

// A node was down while the evidence was fetched: the verdict is undetermined, and says which line is to blame.
func ExampleJudge() {
	checks := []trust.Check{
		{Name: trust.Proof, Outcome: trust.Valid, Method: "eddsa-jcs-2022"},
		{Name: trust.Evidence, Outcome: trust.Undetermined, Reason: "the evidence server did not answer"},
	}
	v := trust.Judge(checks, []string{trust.Proof, trust.Evidence}, trust.Subject{})
	fmt.Println(v.Outcome, v.Assurance)
	for _, c := range v.Checks {
		fmt.Printf("%s %s %q\n", c.Name, c.Outcome, c.Reason)
	}
	// Output:
	// undetermined issuer
	// proof valid ""
	// evidence undetermined "the evidence server did not answer"
}
