package conformance

import (
	"fmt"
	"regexp"
	"strings"
	"sync"
	"unicode/utf8"
)

// maxTold bounds each text of a failure in bytes: an answer may be as long as its driver likes.
const maxTold = 2000

// exchange is one call of the driver and what came of it, in words. It holds no times: two reports of one driver are
// compared.
type exchange struct {
	mu              sync.Mutex
	request, answer string
}

func (x *exchange) answered(answer string, err error) {
	if err != nil {
		answer = "error " + saying(err)
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	x.answer = answer
}

func (x *exchange) texts() (request, answer string) {
	if x == nil {
		return "", ""
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.request, x.answer
}

// What an error of a driver may hold that a report, which is sent to others, must not.
var secrets = []struct {
	pattern *regexp.Regexp
	instead string
}{
	{regexp.MustCompile(`://[^/\s@"']*@`), "://"},
	{regexp.MustCompile(`(?i)\b(bearer|basic)\s+[A-Za-z0-9._~+/=-]{8,}`), "$1 (left out)"},
	{regexp.MustCompile(`(?i)\b((?:api|access|secret)?[-_]?(?:key|token|secret|password)=)[^&\s"']+`), "$1(left out)"},
	{regexp.MustCompile(`(?s)-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END [A-Z ]*-----|$)`), "(a private key, left out)"},
}

// tellable makes a text fit for a report: without secrets, in words of the protocol, valid UTF-8, and not longer than
// maxTold.
func tellable(text string) string {
	text = goWords.Replace(text)
	for _, s := range secrets {
		text = s.pattern.ReplaceAllString(text, s.instead)
	}
	text = strings.ToValidUTF8(text, "\uFFFD")
	if len(text) <= maxTold {
		return text
	}
	cut := maxTold
	for !utf8.RuneStart(text[cut]) {
		cut--
	}
	return fmt.Sprintf("%s ... (%d bytes more)", text[:cut], len(text)-cut)
}
