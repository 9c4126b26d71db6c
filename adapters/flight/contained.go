package flight

import "github.com/ftagateway/ftagateway/adapters/driver"

// contained turns a panic of work into an error: a question has no caller above it who could.
func contained[A any](work func() (A, error)) (answer A, err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = driver.FromPanic(cause)
		}
	}()
	return work()
}
