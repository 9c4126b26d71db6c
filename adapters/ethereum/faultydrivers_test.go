package ethereum_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// probe is a behaviour that only a chain of this kind asks for: it answers what is wrong with a driver, or nothing. open
// opens the driver under test on a wire, by its URL's parameters and more members of its ledger section.
type probe func(ctx context.Context, c *chain, open opener) error

type opener func(ctx context.Context, url, more string) (driver.Ledger, error)

// faultyDrivers are drivers that are wrong in one thing each, and the probe that catches it. What the suite of package
// conformance catches with drivers of every kind is not repeated here.
var faultyDrivers = []struct {
	name, breaks string
	caught       probe
	bend         func(c *chain, open opener) opener
}{
	{"reorg-kept", "Keeps what it has read of a block that is not on the chain any more.", followsAnotherWay, wrapped(keepFirst)},
	{"not-final-told-as-final", "Answers what stands in the newest block as final.", finalIsFinal, wrapped(latestAsFinal)},
	{"log-gap", "Believes that the logs which a node gives are all there are.", noticesAGap, logsOnly},
	{"wrong-abi-zero", "Takes what it cannot decode for nothing.", wrongTypesAreCorrupt, wrapped(corruptAsAbsent)},
	{"quorum-of-one", "Believes whichever endpoint answers first.", outvotesALiar, withURL("&quorum=1")},
	{"missing-code-is-absence", "Answers that a key is not there where the contract is not.", noCodeIsNoAbsence, wrapped(notReadyAsAbsent)},
}

// TestEveryFaultyDriverIsCaught by its probe, which the right driver passes.
func TestEveryFaultyDriverIsCaught(t *testing.T) {
	for _, f := range faultyDrivers {
		t.Run(f.name, func(t *testing.T) {
			c, _ := twoVersions(t)
			right := func(ctx context.Context, url, more string) (driver.Ledger, error) {
				return driver.Open(ctx, url, driver.Env{Native: reference(c.contract, more), Store: newStore(t)})
			}
			if err := f.caught(within(t), c, right); err != nil {
				t.Errorf("the right driver: %v", err)
			}
			c, _ = twoVersions(t)
			err := f.caught(within(t), c, f.bend(c, right))
			if err == nil {
				t.Fatalf("not caught. %s", f.breaks)
			}
			t.Log(err)
		})
	}
}

func followsAnotherWay(ctx context.Context, c *chain, open opener) error {
	before := c.height()
	c.send(&c.contract, appended("b", 0, "on the first chain"))
	return using(ctx, open, at(c.url, ""), `, "finality": "latest"`, func(l driver.Ledger) error {
		if err := wants(ctx, l, "b", "on the first chain"); err != nil {
			return err
		}
		c.forked(before, 1, func() { c.put(&c.contract, appended("b", 0, "on the second chain")) })
		return wants(ctx, l, "b", "on the second chain")
	})
}

func finalIsFinal(ctx context.Context, c *chain, open opener) error {
	if err := c.advance(ctx); err != nil {
		return err
	}
	c.send(&c.contract, appended("b", 0, "not final"))
	return using(ctx, open, at(c.url, ""), "", func(l driver.Ledger) error {
		e, err := l.Get(ctx, driver.Ref{Key: key32("b")})
		if driver.CodeOf(err) != driver.NotFound {
			return fmt.Errorf("%+v, %w: it is not final yet", e, err)
		}
		return nil
	})
}

func noticesAGap(ctx context.Context, c *chain, open opener) error {
	w := newWire(c.t, c.url)
	w.bend(logs(func(all []logged) []logged { return all[:len(all)-1] }))
	return using(ctx, open, at(w.URL, ""), `, "finality": "latest"`, func(l driver.Ledger) error {
		e, err := l.Get(ctx, driver.Ref{Key: key32("a")})
		if err == nil && e.Contradiction == "" {
			return fmt.Errorf("version %d is told to be the newest", e.Version)
		}
		return nil
	})
}

func wrongTypesAreCorrupt(ctx context.Context, c *chain, open opener) error {
	w := newWire(c.t, c.url)
	w.bend(only("eth_call", func(_ call, a *answer) { a.set("0x" + aString("a text where numbers were expected")) }))
	return using(ctx, open, at(w.URL, ""), `, "finality": "latest"`, func(l driver.Ledger) error {
		e, err := l.Get(ctx, driver.Ref{Key: key32("a")})
		if driver.CodeOf(err) != driver.Corrupt {
			return fmt.Errorf("%+v, %w", e, err)
		}
		return nil
	})
}

func outvotesALiar(ctx context.Context, c *chain, open opener) error {
	for range 20 { // who answers first is chance
		liar, one, other := newWire(c.t, c.url), newWire(c.t, c.url), newWire(c.t, c.url)
		liar.bend(eachLog("data", "0x"+aString("another body")))
		err := using(ctx, open, at(liar.URL, "&endpoint="+one.URL+"&endpoint="+other.URL), `, "finality": "latest"`, func(l driver.Ledger) error {
			return wants(ctx, l, "a", "second")
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func noCodeIsNoAbsence(ctx context.Context, c *chain, open opener) error {
	w := newWire(c.t, c.url)
	w.bend(only("eth_getCode", func(_ call, a *answer) { a.set("0x") }))
	return using(ctx, open, at(w.URL, ""), `, "finality": "latest"`, func(l driver.Ledger) error {
		if e, err := l.Get(ctx, driver.Ref{Key: key32("a")}); driver.CodeOf(err) != driver.NotReady {
			return fmt.Errorf("%+v, %w", e, err)
		}
		return nil
	})
}

func using(ctx context.Context, open opener, url, more string, do func(l driver.Ledger) error) error {
	l, err := open(ctx, url, more)
	if err != nil {
		return err
	}
	defer l.Close()
	return do(l)
}

func wants(ctx context.Context, l driver.Ledger, name, body string) error {
	e, err := l.Get(ctx, driver.Ref{Key: key32(name)})
	if err != nil || string(e.Body) != body || e.Contradiction != "" {
		return fmt.Errorf("%+v, %w; want %q", e, err, body)
	}
	return nil
}

// bentLedger answers reads in its own way.
type bentLedger struct {
	driver.Ledger
	get read
}

func (b *bentLedger) Get(ctx context.Context, ref driver.Ref) (*driver.Entry, error) {
	return b.get(ctx, ref)
}

// read is how Get is answered.
type read func(ctx context.Context, ref driver.Ref) (*driver.Entry, error)

func wrapped(bend func(l driver.Ledger) read) func(*chain, opener) opener {
	return func(_ *chain, open opener) opener {
		return func(ctx context.Context, url, more string) (driver.Ledger, error) {
			l, err := open(ctx, url, more)
			if err != nil {
				return nil, err
			}
			return &bentLedger{l, bend(l)}, nil
		}
	}
}

func withURL(params string) func(*chain, opener) opener {
	return func(_ *chain, open opener) opener {
		return func(ctx context.Context, url, more string) (driver.Ledger, error) { return open(ctx, url+params, more) }
	}
}

// logsOnly opens the contract by a section that does not say how the contract itself is asked.
func logsOnly(c *chain, _ opener) opener {
	return func(ctx context.Context, url, _ string) (driver.Ledger, error) {
		return driver.Open(ctx, url, driver.Env{Native: c.events(), Store: newStore(c.t)})
	}
}

func keepFirst(l driver.Ledger) read {
	kept := map[driver.Ref]*driver.Entry{}
	return func(ctx context.Context, ref driver.Ref) (*driver.Entry, error) {
		if e := kept[ref]; e != nil {
			return e, nil
		}
		e, err := l.Get(ctx, ref)
		if err == nil {
			kept[ref] = e
		}
		return e, err
	}
}

func latestAsFinal(l driver.Ledger) read {
	return func(ctx context.Context, ref driver.Ref) (*driver.Entry, error) {
		ref.Finality = driver.Latest
		e, err := l.Get(ctx, ref)
		if err == nil {
			e.Final = true
		}
		return e, err
	}
}

func corruptAsAbsent(l driver.Ledger) read { return told(l, driver.Corrupt, driver.NotFound) }

func notReadyAsAbsent(l driver.Ledger) read { return told(l, driver.NotReady, driver.NotFound) }

// told tells one code as another.
func told(l driver.Ledger, code, as driver.Code) read {
	return func(ctx context.Context, ref driver.Ref) (*driver.Entry, error) {
		e, err := l.Get(ctx, ref)
		if driver.CodeOf(err) == code {
			err = driver.Errorf(as, "no such key")
		}
		return e, err
	}
}
