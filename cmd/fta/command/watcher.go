package command

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/ftagateway/ftagateway/api/client"
	"github.com/ftagateway/ftagateway/gateway"
)

// watcher polls for events and prints them.
type watcher struct {
	*shared
	*watchOptions
	client *client.Client
	cursor string
	seen   int
	sick   map[string]string // ledgers that could not be asked, with the code
	lost   bool              // the gateway did not answer when it was last asked
}

const (
	pollWait   = 25 * time.Second
	firstRetry = 500 * time.Millisecond
	lastRetry  = 15 * time.Second
)

// run polls until it is interrupted. A gateway that answered once is waited for; one that never did is a mistake.
func (w *watcher) run(ctx context.Context) error {
	retry := firstRetry
	for answered := false; !interrupted(ctx); {
		began := time.Now()
		page, err := w.poll(ctx)
		switch {
		case interrupted(ctx):
		case err == nil:
			answered, retry = true, firstRetry
			if done, err := w.answered(ctx, page, began); done || err != nil {
				return err
			}
		case answered && passing(err):
			w.away(err)
			pause(ctx, retry)
			retry = min(2*retry, lastRetry)
		default:
			return w.refused(err)
		}
	}
	return nil
}

// answered prints an answer to a question of then. One without news that came at once is of a gateway that is about to end:
// whoever comes next answers.
func (w *watcher) answered(ctx context.Context, page *gateway.EventPage, then time.Time) (done bool, err error) {
	w.back()
	news := len(page.Events) > 0 || page.Next != w.cursor
	if done, err := w.page(page); done || err != nil {
		return done, err
	}
	if !news && time.Since(then) < firstRetry {
		pause(ctx, firstRetry)
	}
	return false, nil
}

func (w *watcher) poll(ctx context.Context) (*gateway.EventPage, error) {
	q := url.Values{}
	for name, value := range map[string]string{"after": w.cursor, "ledger": w.ledger, "type": w.kind, "event": w.event,
		"anew": strings.Join(w.anew, ",")} {
		if value != "" {
			q.Set(name, value)
		}
	}
	if !w.once {
		q.Set("wait", strconv.Itoa(int(pollWait.Seconds())))
	}
	if w.count > 0 {
		q.Set("limit", strconv.Itoa(w.count-w.seen))
	}
	page := &gateway.EventPage{}
	return page, w.client.Get(ctx, "/v1/events?"+q.Encode(), page)
}

// page prints what came, and keeps the place behind it only then.
func (w *watcher) page(p *gateway.EventPage) (done bool, err error) {
	for i := range p.Events {
		if err := w.sayEvent(&p.Events[i]); err != nil {
			return true, err
		}
	}
	w.saySources(p.Sources)
	moved := p.Next != w.cursor
	w.seen += len(p.Events)
	w.cursor = p.Next
	if moved {
		if err := w.keep(p.Next); err != nil {
			return true, err
		}
	}
	if w.once && len(p.Events) == 0 && !moved {
		return true, w.whole()
	}
	return w.count > 0 && w.seen >= w.count, nil
}

// whole says whether all ledgers were read to their end.
func (w *watcher) whole() error {
	if len(w.sick) == 0 {
		return nil
	}
	return exit(ExitUndetermined, errors.New("some ledgers could not be asked: the same call with the cursor goes on"))
}

// saySources tells when a ledger can no longer be asked, and when it can again. One that was not asked is as it was.
func (w *watcher) saySources(sources []gateway.Source) {
	sick := map[string]string{}
	for _, s := range sources {
		code, was := w.sick[s.Ledger]
		switch {
		case s.State == gateway.Unavailable:
			sick[s.Ledger] = s.Error
			if !was {
				fmt.Fprintf(w.Err, "ledger %s could not be asked: %s\n", s.Ledger, s.Error)
			}
		case was && s.State == gateway.NotAsked:
			sick[s.Ledger] = code
		case was:
			fmt.Fprintf(w.Err, "ledger %s can be asked again\n", s.Ledger)
		}
	}
	w.sick = sick
}

// passing reports whether it is worth to try again.
func passing(err error) bool {
	var p *client.Problem
	return errors.Is(err, client.ErrUnreachable) || errors.As(err, &p) && p.Retryable
}

func (w *watcher) away(err error) {
	if !w.lost {
		fmt.Fprintf(w.Err, "%v; waiting for it\n", err)
	}
	w.lost = true
}

func (w *watcher) back() {
	if w.lost {
		fmt.Fprintln(w.Err, "the gateway answers again")
	}
	w.lost = false
}

// refused says what to do about a ledger that was begun anew.
func (w *watcher) refused(err error) error {
	var p *client.Problem
	if errors.As(err, &p) && p.Ledger != "" && strings.HasSuffix(p.Type, "/"+string(gateway.CursorMismatch)) {
		return exit(ExitUsage, fmt.Errorf("%w: ledger %s; with --anew %s it is read from its beginning, and the others go on", err, p.Ledger, p.Ledger))
	}
	return coding(err)
}

func interrupted(ctx context.Context) bool { return ctx.Err() != nil }

func pause(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
}
