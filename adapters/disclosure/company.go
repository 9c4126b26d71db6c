package disclosure

import (
	"regexp"
	"strings"

	"github.com/ftagateway/ftagateway/schemas"
)

// legalForms end the names of companies. Those of two letters also mean other things, and count only in names that are
// not all in capitals.
var (
	legalForms = wordSet("INC INCORPORATED LLC LLP LTD LIMITED CORP CORPORATION COMPANY GMBH SARL SRL PLC PTY CV BV NV SPA EIRL LTDA SAS")
	shortForms = wordSet("CO SA AG KG AB AS OY")
)

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(words) {
		set[w] = true
	}
	return set
}

// hasCompany looks for a word and a legal form after it: Acme Inc., Frenos S.A. de C.V.
func hasCompany(text string) bool {
	runs := runsOf(strings.ReplaceAll(text, ".", ""))
	for i := 1; i < len(runs); i++ {
		before, form := runs[i-1].text, strings.ToUpper(runs[i].text)
		if len(before) < 2 || runs[i].after > 2 {
			continue
		}
		if legalForms[form] || shortForms[form] && before != strings.ToUpper(before) {
			return true
		}
	}
	return false
}

var (
	hostForm = regexp.MustCompile(`(?i)(?:^|[^a-z0-9.-])((?:[a-z0-9-]{1,63}\.)+([a-z]{2,24}))(?:$|[^a-z0-9-])`)
	schemes  = regexp.MustCompile(`(?i)[a-z][a-z0-9+.-]{1,20}://|did:web:|www\.`)
	ends     = wordSet("COM NET ORG INFO BIZ IO GOV EDU MIL EU EXAMPLE TEST INVALID LOCAL INTERNAL DEV APP CLOUD")
)

// hasHost looks for URLs, and for names that end as hosts do.
func hasHost(text string) bool {
	if schemes.MatchString(text) {
		return true
	}
	text = emailForm.ReplaceAllString(text, " ") // which are a kind of their own
	for _, m := range hostForm.FindAllStringSubmatch(text, -1) {
		end := strings.ToUpper(m[2])
		if ends[end] || len(end) == 2 && schemas.IsCountry(end) {
			return true
		}
	}
	return false
}

var hasPhone = matches(`\+\d[\d ()./-]{7,20}\d|\(\d{3}\) ?\d{3}[-. ]\d{4}|\d{3}[-. ]\d{3}[-. ]\d{4}`)

// isFreeText tells words from codes.
func isFreeText(text string) bool {
	words := 0
	for _, w := range strings.Fields(text) {
		if len(w) > 1 && strings.ContainsAny(strings.ToLower(w), "abcdefghijklmnopqrstuvwxyz") {
			words++
		}
	}
	return words >= 3 || len(text) > maxText
}
