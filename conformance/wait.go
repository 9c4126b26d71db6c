package conformance

import (
	"context"
	"strings"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

const (
	minPause = time.Millisecond
	// shortWait is long enough to be told from no wait at all on a busy machine, and short enough for a test.
	shortWait = 50 * time.Millisecond
)

var waitCases = []Case{{
	ID: "stream/wait-is-bounded", Level: LevelStream, Needs: []Need{needChanges},
	Why: "A wait that does not end holds a connection for ever; one that does not begin turns a follower into a flood of " +
		"requests.",
	Steps: []string{
		"Read until changes have caught up. Ask for more with no wait: an answer soon.",
		"Ask for more with a wait of 50 ms: a batch that is empty and has not moved on comes after the wait, and not much later.",
	},
	run: waitIsBounded,
}, {
	ID: "stream/wait-ends-with-news", Level: LevelStream, Needs: []Need{NeedWrites, needChanges},
	Why: "The wait is there so that customs hears of a filing at once, and not when somebody next looks.",
	Steps: []string{
		"Begin to wait at the head, for as long as the case may last; write an entry meanwhile.",
		"Soon after the write is final, the waiting call has answered it.",
	},
	run: waitEndsWithNews,
}, {
	ID: "stream/wait-ends-with-the-context", Level: LevelStream, Needs: []Need{needChanges},
	Why: "A gateway that shuts down, or whose reader went away, cannot wait for the wait.",
	Steps: []string{
		"Begin to wait at the head for as long as the case may last, and end the call meanwhile: canceled, soon.",
	},
	run: waitEndsWithTheContext,
}}

func waitIsBounded(c *check) {
	c.step(1)
	at := c.head().Cursor
	var b *driver.Batch
	c.within(c.soon, "changes with no wait", func() { b = c.changes(at, 0, 0) })
	c.step(2)
	for range 20 {
		at = b.Next
		begun := time.Now()
		c.within(shortWait+c.soon, "changes with a wait of 50 ms", func() { b = c.changes(at, 0, shortWait) })
		if waited := time.Since(begun); len(b.Entries) == 0 && b.Next == at {
			c.that(waited >= shortWait*9/10, "an empty batch after 50 ms", "after %s", waited)
			return
		}
	}
}

func waitEndsWithNews(c *check) {
	c.step(1)
	w := c.firstVersion()
	ctx, cancel := context.WithCancel(c.ctx)
	defer cancel()
	waiting := c.listens(ctx, c.head().Cursor, w.Key)
	c.write(w)
	c.step(2)
	c.hears(waiting, func(err error) { c.must(err, "changes") })
}

// listener is a goroutine that waits for a key among the changes, and how that ended.
type listener struct {
	part  *check
	heard chan error
}

// listens begins to wait for a key among the changes, and returns when a call of the driver's own is under way.
func (c *check) listens(ctx context.Context, at driver.Cursor, key string) *listener {
	w := &listener{part: c.part(), heard: make(chan error, 1)}
	label := newLabel()
	l := w.part.ledger()
	go labelled(ctx, label, func(ctx context.Context) { w.heard <- w.part.waits(ctx, l, at, key) })
	for deadline := time.Now().Add(c.soon); time.Now().Before(deadline); c.pause(minPause, "changes is under way") {
		called := strings.ReplaceAll(strings.Join(stacks(label), ""), "asked.Changes", "")
		if strings.Contains(called, ".Changes") || len(w.heard) > 0 {
			break
		}
	}
	return w
}

// hears expects the waiting call to end soon, and judges how. A failure tells that call, whatever was called meanwhile.
func (c *check) hears(w *listener, judge func(err error)) {
	c.last.Store(w.part.last.Load())
	c.within(c.soon, "the waiting call", func() { judge(<-w.heard) })
}

// waits waits until a key is among the changes; the empty key never is. It runs beside the case, so that it answers a
// driver's panic as an error.
func (c *check) waits(ctx context.Context, l driver.Ledger, at driver.Cursor, key string) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = driver.Errorf(driver.Unknown, "%v", c.located(p))
		}
	}()
	left, _ := c.ctx.Deadline()
	for {
		b, err := l.Changes(ctx, at, 0, time.Until(left))
		if err != nil || len(mine(b.Entries, key)) > 0 {
			return err
		}
		at = b.Next
	}
}

func waitEndsWithTheContext(c *check) {
	c.step(1)
	ctx, cancel := context.WithCancel(c.ctx)
	defer cancel()
	waiting := c.listens(ctx, c.head().Cursor, "")
	cancel()
	c.hears(waiting, func(err error) { c.code(err, "changes", driver.Canceled) })
}
