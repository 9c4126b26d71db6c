package adapters_test

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"testing"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/schemas"
	"github.com/ftagateway/ftagateway/trust"
)

func TestWhatIsSubmittedIsReadAsValid(t *testing.T) {
	n := newNode(t)
	l := open(t, n, anchored(n))
	for i, p := range versions(t, 3) {
		receipt, err := l.Submit(ctx, p, "")
		if err != nil || receipt.State != driver.Finally || receipt.Version != uint64(i+1) || receipt.Key != id {
			t.Fatalf("version %d: %+v, %v", i+1, receipt, err)
		}
		again, err := l.Receipt(ctx, receipt.Tx)
		if err != nil || again.State != driver.Finally || again.Tx != receipt.Tx {
			t.Errorf("version %d: receipt %+v, %v", i+1, again, err)
		}
		v := trust.Judge(read(t, l, 0).Checks, []string{trust.Schema, trust.Proof, trust.Inclusion}, trust.Subject{})
		if v.Outcome != trust.Valid {
			t.Errorf("version %d reads as %+v", i+1, v)
		}
	}
}

func TestTheSameSubmissionAgainIsTheFirstOne(t *testing.T) {
	l := open(t, newNode(t))
	p := record(t, nil)
	for _, key := range []string{"", "a key of the caller's"} {
		first, err := l.Submit(ctx, p, key)
		if key != "" {
			if driver.CodeOf(err) != driver.Conflict {
				t.Errorf("version 1 once more under another key: %v, want conflict", err)
			}
			continue
		}
		again, err2 := l.Submit(ctx, p, key)
		if err != nil || err2 != nil || first.Tx != again.Tx {
			t.Errorf("%+v %v, and then %+v %v", first, err, again, err2)
		}
	}
	if _, err := l.Submit(ctx, record(t, nil, func(r *model.Record) { r.Event = "refile" }), "k"); driver.CodeOf(err) != driver.Conflict {
		t.Errorf("another version 1: %v, want conflict", err)
	}
}

// watched counts what reaches the driver.
type watched struct {
	*node
	appended int
}

func (w *watched) Append(ctx context.Context, write *driver.Write) (*driver.Receipt, error) {
	w.appended++
	return w.node.Append(ctx, write)
}

func TestWhatWouldNotBeReadAsValidIsNotSent(t *testing.T) {
	good := record(t, nil)
	with := func(old, by string) *model.Parsed {
		p := *good
		p.Bytes = bytes.Replace(good.Bytes, []byte(old), []byte(by), 1)
		return &p
	}
	for name, c := range map[string]struct {
		p       *model.Parsed
		pointer string
	}{
		"altered after it was signed": {with(`"event":"file"`, `"event":"refile"`), "/proof"},
		"one member more":             {with(`"event"`, `"entryNumber":"ABC12345676","event"`), "/entryNumber"},
		"no bytes":                    {&model.Parsed{Record: good.Record, Object: good.Object}, ""},
		"another home":                {record(t, nil, func(r *model.Record) { r.Ledger = cbp }), "/ledger"},
	} {
		w := &watched{node: newNode(t)}
		_, err := open(t, w).Submit(ctx, c.p, "")
		var faults schemas.Faults
		if driver.CodeOf(err) != driver.Invalid || !errors.As(err, &faults) {
			t.Errorf("%s: %v, want invalid with faults", name, err)
			continue
		}
		if !slices.ContainsFunc(faults, func(f schemas.Fault) bool { return f.Pointer == c.pointer }) {
			t.Errorf("%s: no fault at %q in %v", name, c.pointer, faults)
		}
		if w.appended != 0 {
			t.Errorf("%s: was sent", name)
		}
	}
}

// The struct around a record's bytes is the caller's to change; what is judged and sent are the bytes.
func TestTheBytesAreJudgedAndNotTheStruct(t *testing.T) {
	n := newNode(t)
	l := open(t, n)
	p := *record(t, nil)
	p.Record.ID, p.Record.Version, p.Record.Ledger = other, 9, cbp
	if receipt, err := l.Submit(ctx, &p, ""); err != nil || receipt.Key != id || receipt.Version != 1 {
		t.Errorf("%+v, %v; want version 1 of the record in the bytes", receipt, err)
	}
}

func TestALedgerThatWasNeverReachedIsAskedWhoItIsBeforeAWrite(t *testing.T) {
	n := newNode(t)
	unknown := ""
	n.uri = &unknown
	l := open(t, &introducing{node: n})
	if _, err := l.Submit(ctx, record(t, nil), ""); err != nil {
		t.Error(err)
	}
	mute := newNode(t)
	mute.uri = &unknown
	if _, err := open(t, mute).Submit(ctx, record(t, nil), ""); driver.CodeOf(err) != driver.NotReady {
		t.Errorf("no URI even then: %v, want not-ready", err)
	}
	mute.chain.Stop()
	if _, err := open(t, mute).URI(ctx); driver.CodeOf(err) != driver.Unavailable {
		t.Errorf("down: %v, want unavailable", err)
	}
}

// introducing learns its URI from its head.
type introducing struct{ *node }

func (i *introducing) Head(ctx context.Context) (driver.Head, error) {
	i.uri = nil
	return i.node.Head(ctx)
}
