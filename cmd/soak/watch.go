package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"time"
)

// watch follows the events of all ledgers page by page until ctx ends, over every death of the gateway, and writes down the
// records that it was told of. offered is false where the gateway has no events.
func (l *load) watch(ctx context.Context) (offered bool) {
	after := ""
	for {
		a, err := l.get(ctx, "/v1/events?wait=5&after="+url.QueryEscape(after))
		switch {
		case ctx.Err() != nil:
			return true
		case err != nil || a.away():
			if !wait(ctx, 100*time.Millisecond) {
				return true
			}
		case a.status == http.StatusNotImplemented:
			return false
		default:
			next, err := l.page(a)
			if err != nil {
				l.tally.isWrong("events", "%v", err)
				return true
			}
			after = next
		}
	}
}

func (l *load) page(a *answer) (next string, err error) {
	var page struct {
		Events []struct {
			ID      string `json:"id"`
			Outcome string `json:"outcome"`
		} `json:"events"`
		Next string `json:"next"`
	}
	if err := a.into(&page); err != nil {
		return "", err
	}
	if a.status != http.StatusOK || page.Next == "" {
		return "", fmt.Errorf("status %d: %.300s", a.status, a.body)
	}
	for _, e := range page.Events {
		if e.Outcome == "invalid" {
			return "", errors.New("an event is told as invalid, and nobody altered anything")
		}
		l.book.told(e.ID)
	}
	return page.Next, nil
}
