package discretion_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/adapters/discretion"
	"github.com/ftagateway/ftagateway/adapters/driver"
)

const number = "ABC12345676"

// talkative names the key in every failure.
type talkative struct{ driver.Ledger }

var errTold = &driver.Error{Code: driver.ResourceExhausted, RetryAfter: time.Minute, Err: fmt.Errorf("node n1: key %s", number)}

func (talkative) Get(context.Context, driver.Ref) (*driver.Entry, error) { return nil, errTold }

func (talkative) Versions(context.Context, string, uint64, int) ([]*driver.Entry, error) {
	return nil, errTold
}

func (talkative) Find(context.Context, driver.Lookup, string, int) ([]string, string, error) {
	return nil, "", fmt.Errorf("asking: %w", errTold)
}

func (talkative) Changes(context.Context, driver.Cursor, int, time.Duration) (*driver.Batch, error) {
	return nil, errTold
}

func (talkative) Prove(context.Context, *driver.Entry) (*driver.Proof, error) { return nil, errTold }

func TestNoFailureNamesAKey(t *testing.T) {
	ctx, l := context.Background(), discretion.New(talkative{})
	_, get := l.Get(ctx, driver.Ref{Key: number})
	_, versions := l.Versions(ctx, number, 0, 0)
	_, _, find := l.Find(ctx, driver.Lookup{Value: number}, "", 0)
	_, changes := l.Changes(ctx, "", 0, 0)
	_, prove := l.Prove(ctx, nil)
	for name, err := range map[string]error{"Get": get, "Versions": versions, "Find": find, "Changes": changes, "Prove": prove} {
		var e *driver.Error
		if !errors.As(err, &e) || e.Code != driver.ResourceExhausted || e.RetryAfter != time.Minute || strings.Contains(err.Error(), number) || strings.Contains(err.Error(), "n1") {
			t.Errorf("%s: %v, want the code and nothing of the key", name, err)
		}
	}
}

// quiet succeeds.
type quiet struct{ driver.Ledger }

func (quiet) Get(_ context.Context, ref driver.Ref) (*driver.Entry, error) {
	return &driver.Entry{Key: ref.Key}, nil
}

func TestAnAnswerPasses(t *testing.T) {
	if e, err := discretion.New(quiet{}).Get(context.Background(), driver.Ref{Key: number}); err != nil || e.Key != number {
		t.Errorf("%v, %v", e, err)
	}
}
