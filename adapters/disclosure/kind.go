package disclosure

import (
	"regexp"
	"strings"

	"github.com/ftagateway/ftagateway/schemas"
)

// kind is a kind of value that tells who trades what with whom, and that can be told by its form alone.
type kind struct {
	name   string
	in     func(text string) bool
	fields []string // of documents: who lists one of these lists the kind
}

const freeText = "free text"

var (
	parties = []string{"/subject/importerOfRecord", "/subject/consignee", "/subject/certifier", "/subject/exporter",
		"/subject/producer", "/subject/importer"}
	identifiers = below(parties, "/identifiers", "/parties/*/identifiers")
	names       = append(below(parties, "/name", "/parties/*/name"), "/subject/signatory/name")
	emails      = append(below(parties, "/email", "/parties/*/email"), "/subject/signatory/email")
	phones      = append(below(parties, "/phone", "/parties/*/phone"), "/subject/signatory/phone")
	makers      = append([]string{"/subject/manufacturerId", "/subject/lines/*/manufacturerId"}, identifiers...)
)

func below(fields []string, ends ...string) []string {
	var all []string
	for _, f := range fields {
		for _, end := range ends {
			all = append(all, f+end)
		}
	}
	return all
}

var emailForm = regexp.MustCompile(`[^@\s]{1,64}@(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}`)

// kinds are looked for in this order.
var kinds = []*kind{
	{"an entry number", hasEntryNumber, []string{"/subject/entryNumber"}},
	{"a social security number", matches(`\d{3}[-. ]\d{2}[-. ]\d{4}`), identifiers},
	{"an employer identification number", matches(`\d{2}-\d{7}(?:[0-9A-Z]{2})?`), identifiers},
	{"a number assigned by CBP", matches(`\d{6}-\d{5}`), identifiers},
	{"an e-mail address", emailForm.MatchString, emails},
	{"a host name, which tells a company", hasHost, []string{subject}},
	{"a manufacturer identification code", hasMID, makers},
	{"a company's name", hasCompany, names},
	{"a telephone number", hasPhone, phones},
	{"a hash or key, where none belongs", matches(`(?i)(?:0x)?(?:[0-9a-f]{128}|[0-9a-f]{96}|[0-9a-f]{64}|[0-9a-f]{56}|[0-9a-f]{40}|[0-9a-f]{32})|uEi[A-D][A-Za-z0-9_-]{43}|zQm[1-9A-HJ-NP-Za-km-z]{44}`), []string{subject}},
}

// maxText bounds how much of a text is looked at; what is longer is free text by its length.
const maxText = 64 << 10

// kindOf tells what kind of secret a text holds that rules do not list, nil if of none.
func kindOf(text string, rules *compiled) *kind {
	text = text[:min(len(text), maxText)]
	for _, k := range kinds {
		if k.in(text) && (rules == nil || !rules.allowsAny(k.fields)) {
			return k
		}
	}
	return nil
}

// matches looks for a form between other characters than letters and digits.
func matches(form string) func(string) bool {
	between := regexp.MustCompile(`(?:^|[^A-Za-z0-9])(?:` + form + `)(?:$|[^A-Za-z0-9])`)
	return between.MatchString
}

// hasEntryNumber looks at runs of letters and digits, and at two or three in a row with one character between them:
// people write ABC-1234567-6, ABC 12345676 and ABC1234567-6. The check digit has to be right.
func hasEntryNumber(text string) bool {
	runs := runsOf(text)
	for i := range runs {
		joined := ""
		for j := i; j < len(runs) && len(joined) < 11; j++ {
			if j > i && runs[j].after != 1 {
				break
			}
			if joined += runs[j].text; schemas.IsEntryNumber(strings.ToUpper(joined)) {
				return true
			}
		}
	}
	return false
}

// run is letters and digits in a row, and how many other characters stand before it.
type run struct {
	text  string
	after int
}

func runsOf(text string) []run {
	var runs []run
	start, gap := -1, 0
	for i := 0; i <= len(text); i++ {
		switch inside := i < len(text) && alphanumeric(text[i]); {
		case inside && start < 0:
			start = i
		case !inside && start >= 0:
			runs = append(runs, run{text[start:i], gap})
			start, gap = -1, 1
		case !inside:
			gap++
		}
	}
	return runs
}

func alphanumeric(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z'
}

var midForm = regexp.MustCompile(`^[A-Z]{2}[A-Z]{3}(?:[A-Z]{3})?[0-9]{1,4}[A-Z]{3}$`)

// hasMID looks for a country, three letters of one or two words of a name, digits of an address and three letters of a
// city (19 CFR part 102 appendix).
func hasMID(text string) bool {
	for _, r := range runsOf(text) {
		if midForm.MatchString(r.text) {
			if _, ok := schemas.Origin(r.text[:2]); ok {
				return true
			}
		}
	}
	return false
}
