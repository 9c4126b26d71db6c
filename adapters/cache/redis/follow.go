package redis

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"fmt"
	"strconv"
	"time"

	"github.com/ftagateway/ftagateway/adapters/cache"
	"github.com/ftagateway/ftagateway/adapters/driver"
)

// following is what whoever follows knows of the place: nobody else moves it.
type following struct {
	lease uint64
	place place
	table touches
}

func (s *store) Lead(ctx context.Context, held cache.Lease, d time.Duration) (cache.Lease, error) {
	answer, err := s.later(ctx, func(ctx context.Context) (any, error) {
		return leadScript.Run(ctx, s.client, []string{s.names.state()}, held.Token, d.Milliseconds(), s.life()).Result()
	})
	if err != nil {
		return cache.Lease{}, err
	}
	parts, err := list(answer, 4)
	if err != nil {
		return cache.Lease{}, err
	}
	token, err := strconv.ParseUint(text(parts[2]), 10, 53)
	_, told := s.heard(s.o.Now(), parts[0], parts[1])
	switch {
	case err != nil || !told:
		return cache.Lease{}, fmt.Errorf("%w: a lease", wrongAnswer)
	case token == 0:
		return cache.Lease{}, cache.ErrLed
	case d <= 0:
		return cache.Lease{}, nil
	}
	return cache.Lease{Token: token, GivenBack: text(parts[3]) == "1"}, nil
}

func (s *store) Begin(ctx context.Context, by cache.Lease, chainID string, to cache.Progress) error {
	if by.Token == 0 {
		return cache.ErrFenced
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	seen, err := s.look(ctx, "")
	if err != nil {
		return err
	}
	f := &following{lease: by.Token, place: place{epoch: 1, chainID: chainID}}
	if seen.view != nil {
		f.place.epoch = seen.view.epoch + 1
	}
	_, _ = rand.Read(f.place.era[:]) // never fails
	return s.advance(ctx, f, "", to, true)
}

// Apply writes entries and pointers in as many steps as they need, and then moves the place on, which makes all of them
// hold at once.
func (s *store) Apply(
	ctx context.Context, by cache.Lease, from driver.Cursor, entries []*driver.Entry, to cache.Progress,
) error {
	if by.Token == 0 {
		return cache.ErrFenced
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	f, err := s.follows(ctx, by)
	if err != nil {
		return err
	}
	if from != f.place.to.Cursor {
		return cache.ErrGap
	}
	next := *f
	if uint64(len(entries)) > maxCount-next.place.count {
		return cache.ErrGap
	}
	if err := s.batch(ctx, f, &next, entries); err != nil {
		return err
	}
	return s.advance(ctx, &next, s.names.cursor(string(from)), to, len(entries) > 0)
}

// follows gives what is known of the place, read from Redis by one who goes on from what another left.
func (s *store) follows(ctx context.Context, by cache.Lease) (*following, error) {
	if s.mine != nil && s.mine.lease == by.Token {
		return s.mine, nil
	}
	seen, err := s.look(ctx, "")
	switch {
	case err != nil:
		return nil, err
	case seen.token != by.Token:
		return nil, cache.ErrFenced
	case seen.view == nil:
		return nil, cache.ErrGap
	}
	s.mine = &following{by.Token, *seen.view.place, *seen.view.touches}
	return s.mine, nil
}

// advance moves the place on. What is not known to have been done is looked for in Redis the next time.
func (s *store) advance(ctx context.Context, f *following, from string, to cache.Progress, touched bool) error {
	s.mine = nil
	why, err := s.advanceOnce(ctx, f, from, to, touched)
	if err == nil && (why == noTable || why == clockBack) { // the clock was heard anew with the answer
		why, err = s.advanceOnce(ctx, f, from, to, true)
	}
	if err == nil {
		err = why.err()
	}
	if err == nil {
		s.mine = f
	}
	return err
}

func (s *store) advanceOnce(ctx context.Context, f *following, from string, to cache.Progress, touched bool) (reason, error) {
	text := f.table.bytes()
	f.place.to, f.place.at, f.place.wall = to, s.clock.of(to.At), to.At.UnixMicro()
	f.place.to.At = time.Time{}
	f.place.touches = sha256.Sum256(text)
	id := (&table{sum: f.place.touches}).id()
	if !touched {
		text = nil
	}
	answer, err := s.later(ctx, func(ctx context.Context) (any, error) {
		return advanceScript.Run(ctx, s.client, []string{s.names.state()}, f.lease, from, s.names.cursor(string(to.Cursor)),
			f.place.era.text(), s.names.lock(f.place.bytes(), "place"), id, text, s.life(), f.place.at).Result()
	})
	if err != nil {
		return 0, err
	}
	parts, err := list(answer, 3)
	if err != nil {
		return 0, err
	}
	why, known := parts[2].(int64)
	if _, told := s.heard(s.o.Now(), parts[0], parts[1]); !told || !known {
		return 0, fmt.Errorf("%w: a step", wrongAnswer)
	}
	return reason(why), nil
}

// reason is why the place was not moved on, as the scripts say it.
type reason int64

const (
	moved reason = iota
	fenced
	gap
	noTable
	clockBack
)

func (r reason) err() error {
	switch r {
	case moved:
		return nil
	case fenced:
		return cache.ErrFenced
	case gap:
		return cache.ErrGap
	case noTable, clockBack:
	}
	return fmt.Errorf("%w: %d", wrongAnswer, r)
}
