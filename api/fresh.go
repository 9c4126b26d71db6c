package api

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/ftagateway/ftagateway/gateway"
)

// maxAge bounds what a client may say of seconds: RFC 9111 section 1.2.2.
const maxAge = 1 << 31

// freshness reads what a client asks of an answer's age (RFC 9111 section 5.2.1). What is malformed, or means nothing
// here, is passed over; of a directive that comes twice, the stricter counts.
func freshness(h http.Header) gateway.Freshness {
	var f gateway.Freshness
	rest := strings.Join(h.Values("Cache-Control"), ",")
	for rest != "" {
		var name, value string
		name, value, rest = nextDirective(rest)
		switch name {
		case "no-cache":
			f.NoCache = true
		case "only-if-cached":
			f.OnlyIfCached = true
		case "max-age":
			f.MaxAge = stricter(f.MaxAge, value)
		}
	}
	return f
}

// nextDirective cuts the first directive off a list: its name in lower case, and its value without quotes.
func nextDirective(list string) (name, value, rest string) {
	end, quoted := len(list), false
	for i, c := range []byte(list) {
		if c == '"' {
			quoted = !quoted
		}
		if c == ',' && !quoted {
			end = i
			break
		}
	}
	name, value, _ = strings.Cut(list[:end], "=")
	return strings.ToLower(strings.TrimSpace(name)), strings.Trim(strings.TrimSpace(value), `"`), list[min(end+1, len(list)):]
}

// stricter is the smaller of what was asked for before and a number of seconds, where that is one.
func stricter(before *time.Duration, seconds string) *time.Duration {
	if seconds == "" || strings.Trim(seconds, "0123456789") != "" {
		return before
	}
	n, err := strconv.ParseInt(seconds, 10, 64)
	if err != nil || n > maxAge {
		n = maxAge // a number that is too large is the largest
	}
	age := time.Duration(n) * time.Second
	if before != nil {
		age = min(age, *before)
	}
	return &age
}

// confirmed is an answer that may rest on what a ledger said earlier.
type confirmed interface{ Confirmed() time.Time }

// setAge says how long ago the ledgers confirmed what is answered, where a cache answered for one of them.
func setAge(h http.Header, v any, now time.Time) {
	c, ok := v.(confirmed)
	if !ok {
		return
	}
	if at := c.Confirmed(); !at.IsZero() {
		h.Set("Age", strconv.Itoa(max(0, int(now.Sub(at)/time.Second))))
	}
}
