package conformance

import (
	"fmt"
	"path/filepath"
	"runtime"
	"strings"
)

// crash is a driver's panic, with where it happened: it may be raised again in another goroutine, whose stack says
// nothing of it.
type crash struct {
	value any
	at    string
	last  *exchange // the call that it happened in, or after
}

func (c crash) String() string { return fmt.Sprintf("panic: %v, in %s", c.value, c.at) }

// located gives what recover answered, and adds where it happened unless it is the suite's own way to end a case. It is
// called in the deferred function that recovers, while the stack is still there.
func (c *check) located(recovered any) any {
	switch recovered.(type) {
	case nil, failure, crash:
		return recovered
	}
	return crash{value: recovered, at: panicking(), last: c.last.Load()}
}

// panicking names the function that panicked: the first below the runtime's own.
func panicking() string {
	callers := make([]uintptr, 64)
	frames := runtime.CallersFrames(callers[:runtime.Callers(1, callers)])
	raised := false
	for {
		f, more := frames.Next()
		own := strings.HasPrefix(f.Function, "runtime.")
		if raised && !own {
			return fmt.Sprintf("%s (%s:%d)", f.Function, filepath.Base(f.File), f.Line)
		}
		raised = raised || f.Function == "runtime.gopanic"
		if !more {
			return "an unknown place"
		}
	}
}
