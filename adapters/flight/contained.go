package flight

import (
	"errors"
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// contained turns a panic of work into an error: a question has no caller above it who could.
func contained[A any](work func() (A, error)) (answer A, err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = driver.Errorf(driver.Unknown, "panic: %s\n%s", told(cause), debug.Stack())
		}
	}()
	return work()
}

// told is what may be said of a panic: the runtime's own words. Any other value may hold what a caller sent.
func told(cause any) string {
	var of runtime.Error
	if err, ok := cause.(error); ok && errors.As(err, &of) {
		return of.Error()
	}
	return fmt.Sprintf("a %T", cause)
}
