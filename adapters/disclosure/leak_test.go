package disclosure_test

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"strings"
	"testing"

	"github.com/ftagateway/ftagateway/adapters/disclosure"
	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/schemas"
)

const number = "ABC12345676"

// document is an entry summary as it is submitted, as far as it matters here.
var document = ld.Object{
	"salt": "uAAECAwQFBgcICQoLDA0ODw",
	"credentialSubject": ld.Object{
		"entryNumber": number, "entryType": "01", "summaryDate": "2026-11-20", "portOfEntry": "2704", "billOfLading": "MAEU61234567",
		"filerCode": "ABC", "remarks": "spare parts for the spring sale",
		"importerOfRecord": ld.Object{"name": "Lakeshore Auto Parts, Inc.", "email": "ana@lakeshore.example", "phone": "+1 312 555 0142",
			"identifiers": []any{ld.Object{"scheme": "IRS", "code": "12-3456789AB"}, ld.Object{"scheme": "CBP", "code": "161234-00017"}}},
		"consignee": ld.Object{"name": "Ruiz SA", "identifiers": []any{ld.Object{"scheme": "SSN", "code": "987-65-4321"}}},
		"lines": []any{ld.Object{"description": "brake discs for passenger cars", "hts": "8708305090", "manufacturerId": "MXACMFRE14SAL",
			"enteredValue": ld.Object{"value": "184250", "currency": "USD"}}},
	},
}

func sum(s string) string { h := sha256.Sum256([]byte(s)); return hex.EncodeToString(h[:]) }

// leaks are the kinds of things that get onto ledgers, and the field that each is.
var leaks = map[string]struct {
	value any
	field string
	what  string // that the refusal says it is, without the document at hand; "" where its form does not tell
}{
	"entry number":                  {number, "/subject/entryNumber", "an entry number"},
	"entry number with hyphens":     {"ABC-1234567-6", "/subject/entryNumber", "an entry number"},
	"entry number in small letters": {"abc 1234567 6", "/subject/entryNumber", "an entry number"},
	"EIN":                           {"12-3456789AB", "/subject/importerOfRecord/identifiers/*/code", "an employer identification number"},
	"SSN":                           {"987-65-4321", "/subject/consignee/identifiers/*/code", "a social security number"},
	"number assigned by CBP":        {"161234-00017", "/subject/importerOfRecord/identifiers/*/code", "a number assigned by CBP"},
	"company name":                  {"Lakeshore Auto Parts, Inc.", "/subject/importerOfRecord/name", "a company's name"},
	"company in a URL":              {"https://lakeshoreautoparts.example/17", "/subject", "a host name"},
	"company in a host name":        {"evidence.lakeshore-auto-parts.com", "/subject", "a host name"},
	"MID":                           {"MXACMFRE14SAL", "/subject/lines/*/manufacturerId", "a manufacturer identification code"},
	"line description":              {"brake discs for passenger cars", "/subject/lines/*/description", "free text"},
	"amount":                        {"184250", "/subject/lines/*/enteredValue/value", ""},
	"amount as a number":            {184250.0, "/subject/lines/*/enteredValue/value", ""},
	"e-mail address":                {"ana@lakeshore.example", "/subject/importerOfRecord/email", "an e-mail address"},
	"telephone number":              {"+1 312 555 0142", "/subject/importerOfRecord/phone", "a telephone number"},
	"remarks":                       {"spare parts for the spring sale", "/subject/remarks", "free text"},
	"bill of lading":                {"MAEU61234567", "/subject/billOfLading", ""},
	"hash of an entry number":       {sum(number), "/subject/entryNumber", "a hash or key"},
	"hash of an EIN":                {sum("12-3456789AB"), "/subject/importerOfRecord/identifiers/*/code", "a hash or key"},
	"a number in base 64":           {base64.StdEncoding.EncodeToString([]byte("ABC-1234567-6")), "/subject/entryNumber", ""},
	"a number in hexadecimal":       {hex.EncodeToString([]byte(number)), "/subject/entryNumber", ""},
}

// at is a shape in which one place carries a field of a document.
func at(field string) disclosure.Shape {
	return append(disclosure.Shape{{Native: "/x", Model: field}}, foreign...)
}

// An amount that is the number of a version cannot be told from one, and no more can a hash without its document at hand.
func taken(name, place, who string, knowing bool) bool {
	switch {
	case place == "/x":
		return who == "listed"
	case strings.HasPrefix(name, "amount"):
		return place == "/rev"
	case strings.HasPrefix(name, "hash"):
		return (place == "/hash" || place == "/tags/0") && (!knowing || who == "listed")
	}
	return false
}

func TestEveryLeakIsRefused(t *testing.T) {
	knowing := disclosure.WithDocument(context.Background(), document)
	for name, leak := range leaks {
		for who, r := range map[string]disclosure.Rules{
			"public":       {Policy: disclosure.Public},
			"permissioned": {Policy: disclosure.Permissioned},
			"listed":       {Policy: disclosure.Permissioned, Allow: []string{leak.field}},
		} {
			t.Run(name+" "+who, func(t *testing.T) {
				r.Shape = at(leak.field)
				for place, body := range map[string]ld.Object{
					"/memo": over(ld.Object{"memo": leak.value}), "/hash": over(ld.Object{"hash": leak.value}), "/rev": over(ld.Object{"rev": leak.value}),
					"/tags/0": over(ld.Object{"tags": []any{leak.value}}), "/doc": over(ld.Object{"doc": leak.value}), "/x": over(ld.Object{"x": leak.value}),
				} {
					for _, ctx := range []context.Context{context.Background(), knowing} {
						faults, sent := attempt(ctx, t, r, body)
						switch {
						case taken(name, place, who, ctx == knowing):
							if sent != 1 {
								t.Errorf("%s: refused\n%v", place, faults)
							}
							continue
						case sent != 0 || !names(faults, place):
							t.Errorf("%s: sent %d times\n%v", place, sent, faults)
						}
						tellsWhat(t, faults, place, leak.what, ctx == knowing)
						neverRepeats(t, faults, leak.value)
					}
				}
			})
		}
	}
}

// tellsWhat wants the refusal to say what stands there.
func tellsWhat(t *testing.T, faults schemas.Faults, place, what string, knowing bool) {
	t.Helper()
	for _, f := range faults {
		if f.Pointer == place && (knowing && strings.Contains(f.Rule, "document's") || strings.Contains(f.Rule, what)) {
			return
		}
	}
	t.Errorf("%s: not called %q\n%v", place, what, faults)
}

func neverRepeats(t *testing.T, faults schemas.Faults, value any) {
	t.Helper()
	if s, ok := value.(string); ok && strings.Contains(faults.Error(), s) {
		t.Errorf("the refusal repeats %q\n%v", s, faults)
	}
}
