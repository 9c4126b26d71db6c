package client_test

import (
	"errors"
	"fmt"

	"github.com/ftagateway/ftagateway/evidence/client"
	"github.com/ftagateway/ftagateway/ld"
)

// A fetch has three outcomes, and only two of them say something about the evidence.
func Example() {
	outcome := func(err error) string {
		var mismatch *client.Mismatch
		var failure *client.Failure
		switch {
		case err == nil:
			return "valid"
		case errors.As(err, &mismatch):
			return "invalid: digest " + mismatch.Got.String()
		case errors.As(err, &failure):
			return "undetermined: " + string(failure.Reason)
		}
		return "undetermined"
	}
	fmt.Println(outcome(nil))
	fmt.Println(outcome(&client.Mismatch{Got: ld.Sum([]byte("altered"))}))
	fmt.Println(outcome(&client.Failure{Reason: client.TimedOut}))
	// Output:
	// valid
	// invalid: digest uEiBKoAkVNkmgp8FCU4fz2pxyMwrQaeqfac4WQKvkb5KoOw
	// undetermined: timeout
}
