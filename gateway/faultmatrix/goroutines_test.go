package faultmatrix_test

import (
	"bytes"
	"context"
	"regexp"
	"runtime/pprof"
	"strconv"
	"strings"
	"time"
)

const (
	cellLabel = "cell"
	// spare are goroutines of connections that are kept for the next question.
	spare = 12
	// idle is how long the longest of the drivers' libraries keeps a connection that nobody uses, and looks for those: Fabric's,
	// with a margin.
	idle = 90 * time.Second
)

// mark names the goroutines that this one starts from now on after the cell.
func (c *cell) mark() {
	pprof.SetGoroutineLabels(pprof.WithLabels(context.Background(), pprof.Labels(cellLabel, c.t.Name())))
}

// unmarked does what starts goroutines that are the network's and not the gateway's.
func (c *cell) unmarked(do func()) {
	pprof.SetGoroutineLabels(context.Background())
	defer c.mark()
	do()
}

// stack is a line of the goroutine profile with the labels that follow it, and the frames.
var stack = regexp.MustCompile(`(?m)^(\d+) @ [^\n]*\n# labels: (.*)\n((?:#.*\n)*)`)

// goroutines counts those that the cell has started and that live, but for the cell itself, and gives their frames.
func (c *cell) goroutines() (n int, frames string) {
	c.client.http.CloseIdleConnections()
	var text bytes.Buffer
	_ = pprof.Lookup("goroutine").WriteTo(&text, 1)
	n = -1
	for _, m := range stack.FindAllStringSubmatch(text.String(), -1) {
		if strings.Contains(m[2], strconv.Quote(c.t.Name())) {
			some, _ := strconv.Atoi(m[1])
			n, frames = n+some, frames+m[3]+"\n"
		}
	}
	return n, frames
}

// settlesTo waits until no more than so many are left.
func (c *cell) settlesTo(most int) {
	n, frames := 0, ""
	within(c.t, idle, "the goroutines end", func() bool {
		n, frames = c.goroutines()
		return n <= most
	})
	if n > most {
		c.t.Errorf("%d goroutines of the cell live, want at most %d:\n%s", n, most, frames)
	}
}
