package conformance

import (
	"bytes"
	"context"
	"fmt"
	"runtime/pprof"
	"strconv"
	"strings"
	"sync/atomic"
)

// goroutineLabel marks the goroutines of a driver: those that it begins inherit the label of the one that it is called
// in. So they are told from all others in the process, of which a test may have many.
const goroutineLabel = "fta-conformance"

var labels atomic.Uint64

// newLabel gives a label that no other run in this process has: runs of one seed at once would find each other's
// goroutines, and it is in no report.
func newLabel() string { return strconv.FormatUint(labels.Add(1), 10) }

// labelled calls f with a label on its goroutine.
func labelled(ctx context.Context, label string, f func(ctx context.Context)) {
	pprof.Do(ctx, pprof.Labels(goroutineLabel, label), f)
}

// stacks gives the stacks of the goroutines that carry a label, as package pprof writes them: a line a call, the
// innermost first.
func stacks(label string) []string {
	var profile bytes.Buffer
	if err := pprof.Lookup("goroutine").WriteTo(&profile, 1); err != nil {
		return []string{err.Error()}
	}
	var out []string
	for stack := range strings.SplitSeq(profile.String(), "\n\n") {
		if strings.Contains(stack, fmt.Sprintf("%q:%q", goroutineLabel, label)) {
			out = append(out, strings.TrimSpace(stack))
		}
	}
	return out
}

// begunIn names the outermost function of each stack.
func begunIn(stacks []string) string {
	var names []string
	for _, stack := range stacks {
		fields := strings.Fields(stack[strings.LastIndex(stack, "\n")+1:])
		if len(fields) >= 2 {
			name, _, _ := strings.Cut(fields[len(fields)-2], "+0x")
			names = append(names, name)
		}
	}
	return listed(names)
}
