package play

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
)

// KeyForm spells the keys of a chain that takes no others: each '#' is a drawn digit, each '?' a drawn capital letter
// (A to Z), and everything else stands for itself. Empty: keys are not drawn by a form.
type KeyForm string

// What a form draws, and of how many characters at least.
const (
	anyDigit, anyLetter = "#", "?"
	minDrawn            = 6
)

// check refuses a form that draws too little: a run would soon draw a key that an earlier one left on the ledger.
func (f KeyForm) check() error {
	drawn := strings.Count(string(f), anyDigit) + strings.Count(string(f), anyLetter)
	if drawn < minDrawn {
		return fmt.Errorf("key form %q: draws %d characters; must draw at least %d (%s is a digit, %s a capital letter), so that no two runs draw the same key",
			string(f), drawn, minDrawn, anyDigit, anyLetter)
	}
	return nil
}

// keys draws keys of the form, no key twice as long as it is used.
func (f KeyForm) keys() func(*rand.Rand) string {
	var mu sync.Mutex // a call of the ledger that hangs goes on beside the next case
	before := map[string]bool{}
	return func(r *rand.Rand) string {
		mu.Lock()
		defer mu.Unlock()
		key := f.key(r)
		for before[key] {
			key = f.key(r)
		}
		before[key] = true
		return key
	}
}

func (f KeyForm) key(r *rand.Rand) string {
	var b strings.Builder
	for _, c := range string(f) {
		switch string(c) {
		case anyDigit:
			c = '0' + r.Int32N(10)
		case anyLetter:
			c = 'A' + r.Int32N(26)
		}
		b.WriteRune(c)
	}
	return b.String()
}
