package driver_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

func TestCodeOfClassifiesAnyError(t *testing.T) {
	for name, tc := range map[string]struct {
		err    error
		want   driver.Code
		outage bool
	}{
		"none":            {nil, "", false},
		"a driver's own":  {driver.Errorf(driver.Conflict, "first"), driver.Conflict, false},
		"wrapped":         {fmt.Errorf("read: %w", driver.Errorf(driver.Pruned, "gone")), driver.Pruned, true},
		"without a cause": {&driver.Error{Code: driver.NotReady}, driver.NotReady, true},
		"canceled":        {fmt.Errorf("read: %w", context.Canceled), driver.Canceled, true},
		"too late":        {context.DeadlineExceeded, driver.DeadlineExceeded, true},
		"anything else":   {errors.New("broken"), driver.Unknown, true},
		"absence":         {driver.Errorf(driver.NotFound, "absent"), driver.NotFound, false},
		"an old cursor":   {driver.Errorf(driver.CursorInvalid, "wiped"), driver.CursorInvalid, false},
	} {
		t.Run(name, func(t *testing.T) {
			if got := driver.CodeOf(tc.err); got != tc.want {
				t.Errorf("code %q, want %q", got, tc.want)
			}
			if got := driver.IsOutage(tc.err); got != tc.outage {
				t.Errorf("outage %t, want %t", got, tc.outage)
			}
		})
	}
}

func TestFromContextKeepsTheCause(t *testing.T) {
	ctx, cancel := context.WithCancelCause(t.Context())
	if err := driver.FromContext(ctx); err != nil {
		t.Errorf("%v of a context that has not ended", err)
	}
	cause := errors.New("the ledger is being replaced")
	cancel(cause)
	err := driver.FromContext(ctx)
	if driver.CodeOf(err) != driver.Canceled || !errors.Is(err, cause) {
		t.Errorf("%v, want %s because of %v", err, driver.Canceled, cause)
	}
}

func ExampleCodeOf() {
	err := fmt.Errorf("open the entry: %w", driver.Errorf(driver.Unavailable, "dial: connection refused"))
	fmt.Println(driver.CodeOf(err), driver.IsOutage(err))
	// Output: unavailable true
}
