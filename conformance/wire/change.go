package wire

import (
	"context"
	"errors"
	"strings"
	"time"

	toxiproxy "github.com/Shopify/toxiproxy/v2"
)

// patience is how long a change of the faults may take. It is done in microseconds where nobody is slow to read.
const patience = 3 * time.Second

// errStuck is a change that does not end.
var errStuck = errors.New("a connection is stuck")

// add puts one of toxiproxy's faults in.
func (l *lines) add(toxic string) error {
	pass := l.pass
	err := l.change(func() error { return put(pass, toxic) })
	if errors.Is(err, errStuck) {
		return put(l.pass, toxic) // there is no connection that would have to be waited for
	}
	return err
}

func put(pass *toxiproxy.Proxy, toxic string) error {
	_, err := pass.Toxics.AddToxicJson(strings.NewReader(toxic))
	return err
}

// reset takes every fault out.
func (l *lines) reset() {
	pass := l.pass
	_ = l.change(func() error {
		pass.Toxics.ResetToxics(context.Background())
		return nil
	})
}

// change changes the faults. toxiproxy waits there for every connection to let go of what it holds, without a bound, and
// for ever where the reader has gone meanwhile: https://github.com/Shopify/toxiproxy/issues/558. Where that happens every
// connection is cut, and the answer is errStuck. What toxiproxy waits for then stays.
func (l *lines) change(how func() error) error {
	done := make(chan error, 1)
	go func() { done <- how() }()
	given := time.NewTimer(patience)
	defer given.Stop()
	select {
	case err := <-done:
		return err
	case <-given.C:
		l.cut()
		return errStuck
	}
}
