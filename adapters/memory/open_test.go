package memory_test

import (
	"crypto/ed25519"
	"testing"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/memory"
)

func TestOpenReadsItsParameters(t *testing.T) {
	l := open(t, "memory:?testing=1&final-after=3&max-body=10&page-size=2")
	d := l.Describe()
	if !d.ForTesting || d.MaxBody != 10 || d.PageSize != 2 {
		t.Errorf("%+v", d)
	}
	if r := write(t, l, "a", 0); r.State != driver.Included {
		t.Errorf("state %s of a write that is not final yet", r.State)
	}
}

func TestOpenRefusesWhatItDoesNotKnow(t *testing.T) {
	for _, url := range []string{
		"memory:name", "memory://name/path", "memory://user@name", "memory://name:80", "memory:?test=1", "memory:?testing=yes",
		"memory:?final-after=-1", "memory:?final-after=1&final-after=2", "memory:?page-size=99999999999", "memory:?%zz",
	} {
		t.Run(url, func(t *testing.T) {
			if _, err := driver.Open(t.Context(), url, driver.Env{}); driver.CodeOf(err) != driver.Invalid {
				t.Errorf("%v, want %s", err, driver.Invalid)
			}
		})
	}
}

func TestAChainWithANameIsOpenedAgain(t *testing.T) {
	const url = "memory://opened-again?testing=1"
	first := open(t, url)
	write(t, first, "a", 0)
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	for _, again := range []string{url, "memory://opened-again"} {
		if _, err := open(t, again).Get(t.Context(), driver.Ref{Key: "a"}); err != nil {
			t.Errorf("%s: %v", again, err)
		}
	}
	if _, err := driver.Open(t.Context(), "memory://opened-again?testing=1&final-after=2", driver.Env{}); driver.CodeOf(err) != driver.Invalid {
		t.Errorf("opened with other parameters: %v", err)
	}
}

func TestAChainWithoutANameIsNotShared(t *testing.T) {
	write(t, open(t, "memory:"), "a", 0)
	if _, err := open(t, "memory:").Get(t.Context(), driver.Ref{Key: "a"}); driver.CodeOf(err) != driver.NotFound {
		t.Errorf("%v, want %s", err, driver.NotFound)
	}
}

func TestOpenWithoutASignerReads(t *testing.T) {
	l, err := driver.Open(t.Context(), "memory:", driver.Env{})
	if err != nil || l.Describe().WriteMode != driver.WriteNone {
		t.Errorf("%v, %v", l, err)
	}
}

func open(t *testing.T, url string) driver.Ledger {
	t.Helper()
	l, err := driver.Open(t.Context(), url, driver.Env{Signer: ed25519.NewKeyFromSeed(make([]byte, ed25519.SeedSize))})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	return l
}

var _ driver.OpenFunc = memory.Open
