package memory_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/memory"
)

func TestABlockIsFinalWhenEnoughStandOnIt(t *testing.T) {
	l := memory.New(memory.Options{FinalAfter: 2})
	r := write(t, l, "a", 0)
	for made := range 3 {
		want := driver.Included
		if made == 2 {
			want = driver.Finally
		}
		got, err := l.Receipt(t.Context(), r.Tx)
		if err != nil || got.State != want || got.Pos.Final != (want == driver.Finally) {
			t.Errorf("with %d blocks on top: %+v, %v, want %s", made, got, err, want)
		}
		l.Chain().Advance()
	}
}

func TestChainTimeNeverRunsBack(t *testing.T) {
	clock := time.Date(2026, 11, 20, 14, 0, 0, 0, time.UTC)
	l := memory.New(memory.Options{Now: func() time.Time {
		clock = clock.Add(-time.Hour)
		return clock
	}})
	first, second := write(t, l, "a", 0), write(t, l, "a", 1)
	if second.Pos.Time.Before(first.Pos.Time) {
		t.Errorf("block %d is of %s, block %d before it of %s", second.Pos.Height, second.Pos.Time,
			first.Pos.Height, first.Pos.Time)
	}
}

func TestTwoChainsAreNeverTheSame(t *testing.T) {
	a, b := memory.New(memory.Options{}), memory.New(memory.Options{})
	headA, errA := a.Head(t.Context())
	headB, errB := b.Head(t.Context())
	if errA != nil || errB != nil || headA.ChainID == headB.ChainID || a.Describe().URI == b.Describe().URI {
		t.Errorf("%v %v and %v %v", headA, errA, headB, errB)
	}
}

func TestLedgersOfOneChainSeeTheSame(t *testing.T) {
	writer := memory.New(memory.Options{})
	reader, err := writer.Chain().Connect(nil)
	if err != nil {
		t.Fatal(err)
	}
	write(t, writer, "a", 0)
	if err := writer.Close(); err != nil {
		t.Fatal(err)
	}
	e, err := reader.Get(t.Context(), driver.Ref{Key: "a"})
	if err != nil || e.Author.ID != writer.Author().ID {
		t.Errorf("%+v, %v: the chain outlives whoever wrote to it", e, err)
	}
}

func TestAReaderWritesNothing(t *testing.T) {
	l, err := memory.NewChain(memory.Options{}).Connect(nil)
	if err != nil {
		t.Fatal(err)
	}
	_, err = l.Append(t.Context(), &driver.Write{Key: "a", Body: []byte("b")})
	if driver.CodeOf(err) != driver.Unsupported || l.Describe().Can(driver.AbilityAppend) {
		t.Errorf("%v, abilities %v", err, l.Describe().Abilities)
	}
}

func TestAKeyThatTheChainCannotCheckIsRefused(t *testing.T) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := memory.NewChain(memory.Options{}).Connect(key); driver.CodeOf(err) != driver.Invalid {
		t.Errorf("connected with an ECDSA key: %v", err)
	}
}

// write appends a version of a key whose body says which it is.
func write(t *testing.T, l driver.Ledger, key string, expect uint64) *driver.Receipt {
	t.Helper()
	body := []byte{byte(expect + 1)}
	r, err := l.Append(t.Context(), &driver.Write{Key: key, Expect: expect, Body: body})
	if err != nil {
		t.Fatal(err)
	}
	return r
}
