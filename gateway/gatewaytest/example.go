package gatewaytest

import (
	"fmt"
	"os"
	"slices"
	"testing"
)

// Example makes a world for a runnable example, which has no test to end with: end ends it.
func Example() (w *World, end func()) {
	s := &stage{}
	return New(s, Options{}), s.end
}

// stage stands in for the test that a world is made for.
type stage struct {
	testing.TB
	ends []func()
}

func (s *stage) Helper() {}

// Cleanup keeps what is to be done at the end, the last first.
func (s *stage) Cleanup(end func()) { s.ends = append(s.ends, end) }

// TempDir makes a folder that is gone at the end.
func (s *stage) TempDir() string {
	dir, err := os.MkdirTemp("", "fta-example-")
	if err != nil {
		panic(err)
	}
	s.Cleanup(func() { _ = os.RemoveAll(dir) })
	return dir
}

// Fatal ends the example.
func (s *stage) Fatal(args ...any) { panic(fmt.Sprint(args...)) }

// Fatalf ends the example.
func (s *stage) Fatalf(format string, args ...any) { panic(fmt.Sprintf(format, args...)) }

func (s *stage) end() {
	for _, end := range slices.Backward(s.ends) {
		end()
	}
}
