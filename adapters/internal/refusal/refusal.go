// Package refusal marks what a decorator answers by itself, without asking the chain. That says nothing about the chain:
// to ask again at once is refused again, and no breaker counts it.
package refusal

import "errors"

// Cause is why a call was refused. A package that refuses exports its Cause as an error, which its errors wrap.
type Cause struct {
	By   string // the decorator, in a word
	Text string // for people
}

// Error gives the text.
func (c Cause) Error() string { return c.Text }

// Of answers the cause of an error, if it is a refusal.
func Of(err error) (c Cause, is bool) {
	is = errors.As(err, &c)
	return c, is
}
