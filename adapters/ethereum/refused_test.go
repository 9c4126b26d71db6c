package ethereum_test

import (
	"crypto"
	"fmt"
	"strings"
	"testing"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/ethereum/account"
)

// TestWritesAreRefusedBeforeTheyAreSigned: what can be known beforehand costs neither a signature nor gas.
func TestWritesAreRefusedBeforeTheyAreSigned(t *testing.T) {
	c := newChain(t, 1000)
	c.contract = c.reference()
	c.send(&c.contract, appended("stands", 0, "stands"))
	stranger := newWriter(t)
	for name, test := range map[string]struct {
		more  string
		by    crypto.Signer
		write *driver.Write
		code  driver.Code
	}{
		"not a writer":        {"", stranger, write("a", 0, "body"), driver.PermissionDenied},
		"no body":             {"", nil, write("a", 0, ""), driver.Invalid},
		"no key":              {"", nil, &driver.Write{Body: []byte("body")}, driver.Invalid},
		"a key of zeros":      {"", nil, write("", 0, "body"), driver.Invalid},
		"another spelling":    {"", nil, &driver.Write{Key: strings.ToUpper(key32("a")), Body: []byte("body")}, driver.Invalid},
		"stands elsewhere":    {"", nil, write("stands", 0, "other"), driver.Conflict},
		"stands nowhere":      {"", nil, write("a", 7, "body"), driver.Conflict},
		"a body of 121 KiB":   {"", nil, write("a", 0, strings.Repeat("x", 120<<10+1)), driver.TooLarge},
		"too many lookups":    {"", nil, withLookups(write("a", 0, strings.Repeat("x", 120<<10)), 300), driver.TooLarge},
		"gas above the bound": {`, "fees": {"maxGas": 30000}`, nil, write("a", 0, "body"), driver.ResourceExhausted},
		"a fee above it":      {`, "fees": {"maxFeeGwei": 0.000001}`, nil, write("a", 0, "body"), driver.ResourceExhausted},
	} {
		s := &signing{Signer: account.Local(c.key)}
		if test.by != nil {
			s.Signer = test.by
		}
		l := open(t, via(c.url), driver.Env{Native: reference(c.contract, test.more), Signer: s})
		_, err := l.Append(within(t), test.write)
		if driver.CodeOf(err) != test.code || s.times.Load() != 0 {
			t.Errorf("%s: %v, signed %d times; want %s and not signed", name, err, s.times.Load(), test.code)
		}
		if err != nil && strings.Contains(strings.ToLower(err.Error()), strings.ToLower(c.writer.Hex()[2:])) {
			t.Errorf("%s: %v shows an account", name, err)
		}
	}
}

func withLookups(w *driver.Write, n int) *driver.Write {
	for i := range n {
		w.Lookups = append(w.Lookups, driver.Lookup{Name: "lookup", Value: fmt.Sprint(i)})
	}
	return w
}

func TestTheLargestBodyIsTaken(t *testing.T) {
	c := newChain(t, 1000)
	c.contract = c.reference()
	l := c.writing(via(c.url), c.contract, `, "finality": "latest"`, nil)
	body := strings.Repeat("x", l.Describe().MaxBody)
	r, err := l.Append(within(t), write("a", 0, body))
	wantIncluded(t, r, err, 1)
	wantBody(t, l, "a", body, 1)
}
