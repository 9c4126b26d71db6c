package flight_test

import (
	"bytes"
	"context"
	"errors"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/flight"
	"github.com/ftagateway/ftagateway/adapters/internal/probe"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var ref = driver.Ref{Key: "k"}

// gated is a chain that looks at its state when it is asked, and answers when the gate lets it.
type gated struct {
	probe.Ledger
	version atomic.Uint64
	asked   atomic.Int64
	gate    chan struct{}
	fails   error
}

func newGated() *gated {
	return &gated{Ledger: func(context.Context) error { return nil }, gate: make(chan struct{})}
}

func (g *gated) Get(ctx context.Context, ref driver.Ref) (*driver.Entry, error) {
	version := g.version.Load()
	g.asked.Add(1)
	select {
	case <-g.gate:
		return &driver.Entry{Key: ref.Key, Version: version, Body: []byte(strconv.FormatUint(version, 10))}, g.fails
	case <-ctx.Done():
		return nil, driver.FromContext(ctx)
	}
}

// answers collects what callers are told.
type answers struct {
	all     sync.WaitGroup
	mu      sync.Mutex
	entries []*driver.Entry
	errs    []error
}

func (a *answers) ask(ctx context.Context, l driver.Ledger, r driver.Ref) {
	a.all.Go(func() {
		e, err := l.Get(ctx, r)
		a.mu.Lock()
		defer a.mu.Unlock()
		if err != nil {
			a.errs = append(a.errs, err)
		} else {
			a.entries = append(a.entries, e)
		}
	})
}

// Who asks after he wrote must be told of what he wrote, though the same was asked before and is not answered yet.
func TestNobodyIsGivenAnAnswerToAQuestionFromBeforeHeAsked(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		chain := newGated()
		l := flight.New(chain, nil)
		var before, after answers
		before.ask(t.Context(), l, ref)
		synctest.Wait() // the chain has looked, and found version 0
		chain.version.Store(1)
		for range 5 {
			after.ask(t.Context(), l, ref)
		}
		synctest.Wait()
		close(chain.gate)
		before.all.Wait()
		after.all.Wait()
		if len(after.entries) != 5 || len(before.entries) != 1 {
			t.Fatalf("errors %v %v", before.errs, after.errs)
		}
		for _, e := range after.entries {
			if e.Version != 1 {
				t.Errorf("version %d was answered after version 1 had been written", e.Version)
			}
		}
	})
}

// Of those who share a question the one who wants the newest answer has his way, whoever came first.
func TestASharedQuestionIsAsNewAsAnyOfThemWants(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		early, late := time.Now(), time.Now().Add(time.Second)
		since := func(at time.Time) context.Context { return driver.WithSince(t.Context(), at) }
		for name, c := range map[string]struct {
			callers []context.Context
			want    time.Time // zero: at the call
		}{
			"the later comes last":    {[]context.Context{since(early), since(late), since(early)}, late},
			"the later comes first":   {[]context.Context{since(late), since(early)}, late},
			"one without comes last":  {[]context.Context{since(late), t.Context(), since(early)}, time.Time{}},
			"one without comes first": {[]context.Context{t.Context(), since(late)}, time.Time{}},
		} {
			chain, got := newGated(), make(chan time.Time, 2)
			l := flight.New(momentary{chain, got}, nil)
			var a answers
			a.ask(t.Context(), l, ref)
			synctest.Wait()
			for _, ctx := range c.callers {
				a.ask(ctx, l, ref)
				synctest.Wait()
			}
			close(chain.gate)
			a.all.Wait()
			if <-got; !(<-got).Equal(c.want) {
				t.Errorf("%s: the question was not asked for %v", name, c.want)
			}
		}
	})
}

// momentary tells for which moment it is asked.
type momentary struct {
	*gated
	got chan time.Time
}

func (m momentary) Get(ctx context.Context, ref driver.Ref) (*driver.Entry, error) {
	moment, _ := driver.Since(ctx)
	m.got <- moment
	return m.gated.Get(ctx, ref)
}

func TestThoseWhoComeMeanwhileShareOneQuestion(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		chain := newGated()
		var shared atomic.Int64
		l := flight.New(chain, func(method string) {
			if method == "Get" {
				shared.Add(1)
			}
		})
		var a answers
		a.ask(t.Context(), l, ref)
		synctest.Wait()
		for range 50 {
			a.ask(t.Context(), l, ref)
		}
		a.ask(t.Context(), l, driver.Ref{Key: "k", Finality: driver.Latest}) // another question
		synctest.Wait()
		close(chain.gate)
		a.all.Wait()
		if asked := chain.asked.Load(); asked != 3 || len(a.entries) != 52 || shared.Load() != 49 {
			t.Errorf("%d questions, %d answers, %d shared, %v", asked, len(a.entries), shared.Load(), a.errs)
		}
		chain.asked.Store(0)
		if _, err := l.Get(t.Context(), ref); err != nil || chain.asked.Load() != 1 {
			t.Errorf("asked again later: %v, %d questions", err, chain.asked.Load())
		}
	})
}

func TestWhatIsAnsweredBelongsToTheCaller(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		chain := newGated()
		l := flight.New(chain, nil)
		var a answers
		for range 4 { // one alone, and three that share
			a.ask(t.Context(), l, ref)
			synctest.Wait()
		}
		close(chain.gate)
		a.all.Wait()
		for _, e := range a.entries {
			if !bytes.Equal(e.Body, []byte("0")) {
				t.Fatalf("another caller's change is seen: %q", e.Body)
			}
			e.Body[0], e.Key = 'x', "x"
		}
	})
}

func TestACallerWhoGoesAwayTakesTheQuestionFromNobody(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		chain := newGated()
		l := flight.New(chain, nil)
		hurried, cancel := context.WithCancel(t.Context())
		var first, gone, stays answers
		first.ask(t.Context(), l, ref)
		synctest.Wait()
		gone.ask(hurried, l, ref)
		synctest.Wait()
		stays.ask(t.Context(), l, ref)
		synctest.Wait()
		chain.gate <- struct{}{} // of the first: the second question begins, with what the hurried one brought
		first.all.Wait()
		synctest.Wait()
		cancel()
		gone.all.Wait()
		close(chain.gate)
		stays.all.Wait()
		if len(stays.entries) != 1 || len(gone.errs) != 1 || driver.CodeOf(gone.errs[0]) != driver.Canceled {
			t.Errorf("stayed: %v; went: %v", stays.errs, gone.errs)
		}
	})
}

// A chain that holds a question for ever holds nobody but those who asked it.
func TestAQuestionEndsWithTheLastWhoWaitsForIt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		chain := newGated()
		l := flight.New(chain, nil)
		hurried, cancel := context.WithCancel(t.Context())
		var gone, next answers
		gone.ask(hurried, l, ref)
		synctest.Wait()
		next.ask(t.Context(), l, ref)
		synctest.Wait()
		if asked := chain.asked.Load(); asked != 1 {
			t.Fatalf("%d questions under way", asked)
		}
		cancel()
		gone.all.Wait()
		synctest.Wait()
		if asked := chain.asked.Load(); asked != 2 {
			t.Fatalf("%d questions, want the next one to have begun", asked)
		}
		close(chain.gate)
		next.all.Wait()
		if len(next.entries) != 1 {
			t.Errorf("%v", next.errs)
		}
	})
}

func TestAQuestionHasTheTimeOfTheMostPatient(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		chain := newGated()
		l := flight.New(chain, nil)
		began := time.Now()
		var a answers
		for _, patience := range []time.Duration{time.Hour, time.Second, 3 * time.Second, 2 * time.Second} {
			ctx, cancel := context.WithTimeout(t.Context(), patience)
			defer cancel()
			a.ask(ctx, l, ref)
			synctest.Wait()
		}
		chain.gate <- struct{}{}
		a.all.Wait()
		if took := time.Since(began); took != 3*time.Second || len(a.errs) != 3 || len(a.entries) != 1 {
			t.Errorf("%s, %v", took, a.errs)
		}
		for _, err := range a.errs {
			if driver.CodeOf(err) != driver.DeadlineExceeded {
				t.Errorf("%v, want deadline-exceeded", err)
			}
		}
	})
}

// An outage says nothing that could be too old; a sick chain is not waited for twice.
func TestAnOutageAnswersThoseTooWhoWaitForTheNext(t *testing.T) {
	for code, questions := range map[driver.Code]int64{driver.Unavailable: 1, driver.NotFound: 2} {
		synctest.Test(t, func(t *testing.T) {
			chain := newGated()
			chain.fails = driver.Errorf(code, "as the test wants it")
			l := flight.New(chain, nil)
			var a answers
			for range 3 {
				a.ask(t.Context(), l, ref)
				synctest.Wait()
			}
			close(chain.gate)
			a.all.Wait()
			if chain.asked.Load() != questions || len(a.errs) != 3 {
				t.Errorf("%s: %d questions, want %d; %v", code, chain.asked.Load(), questions, a.errs)
			}
		})
	}
}

func TestAfterCloseNobodyWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := flight.New(newGated(), nil)
		var a answers
		for range 3 {
			a.ask(t.Context(), l, ref)
			synctest.Wait()
		}
		if err := errors.Join(l.Close(), l.Close()); err != nil {
			t.Fatal(err)
		}
		a.all.Wait()
		a.ask(t.Context(), l, ref)
		a.all.Wait()
		if len(a.errs) != 4 {
			t.Fatalf("%d errors", len(a.errs))
		}
		for _, err := range a.errs {
			if driver.CodeOf(err) != driver.Canceled {
				t.Errorf("%v, want canceled", err)
			}
		}
	})
}

func TestAloneSharesNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		chain := newGated()
		l := flight.New(chain, nil)
		var a answers
		for range 3 {
			a.ask(flight.Alone(t.Context()), l, ref)
		}
		synctest.Wait()
		if asked := chain.asked.Load(); asked != 3 {
			t.Errorf("%d questions, want 3", asked)
		}
		close(chain.gate)
		a.all.Wait()
	})
}

func TestAPanicIsAnOutageAndNobodyIsLeftWaiting(t *testing.T) {
	for told, fault := range map[string]func(){
		"panic: a string": func() { panic("while reading entry 4711") },
		"out of range":    func() { _ = []int{}[len(ref.Key)] },
	} {
		l := flight.New(probe.Ledger(func(context.Context) error { fault(); return nil }), nil)
		_, getting := l.Get(t.Context(), ref)
		_, heading := l.Head(t.Context())
		for _, err := range []error{getting, heading} {
			if driver.CodeOf(err) != driver.Unknown || !strings.Contains(err.Error(), told) || strings.Contains(err.Error(), "4711") {
				t.Errorf("%v, want unknown because of %q", err, told)
			}
		}
	}
}

func TestAnEndedCallerAsksNothing(t *testing.T) {
	chain := newGated()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := flight.New(chain, nil).Get(ctx, ref); driver.CodeOf(err) != driver.Canceled || chain.asked.Load() != 0 {
		t.Errorf("%v, %d questions", err, chain.asked.Load())
	}
}

// Many ask, write and go away at once: whoever wrote is never told of less than he wrote.
func TestManyAtOnceReadWhatTheyWrote(t *testing.T) {
	var version atomic.Uint64
	chain := counting{probe.Ledger(func(context.Context) error { return nil }), &version}
	l := flight.New(chain, nil)
	var all sync.WaitGroup
	for n := range 16 {
		all.Go(func() {
			for i := range 200 {
				wrote := version.Add(1)
				ctx, cancel := context.WithCancel(t.Context())
				if (n+i)%5 == 0 {
					cancel()
				}
				e, err := l.Get(ctx, ref)
				cancel()
				if err == nil && e.Version < wrote {
					t.Errorf("version %d after version %d was written", e.Version, wrote)
				}
			}
		})
	}
	all.Wait()
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
}

type counting struct {
	probe.Ledger
	version *atomic.Uint64
}

func (c counting) Get(ctx context.Context, _ driver.Ref) (*driver.Entry, error) {
	return &driver.Entry{Version: c.version.Load()}, driver.FromContext(ctx)
}
