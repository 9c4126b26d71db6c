package api_test

import (
	"net/http"
	"net/http/httputil"
	"slices"
	"strings"
	"testing"

	"github.com/ftagateway/ftagateway/filing"
	"github.com/ftagateway/ftagateway/gateway"
	"github.com/ftagateway/ftagateway/gateway/gatewaytest"
	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/model/sample"
)

// filed is a site with a certificate and an entry that claims preference under it.
func filed(t testing.TB, o options) (s *site, certificate, entry gatewaytest.Filed) {
	t.Helper()
	s = newSite(t, o)
	certificate = s.File(s.Exporter, "trade", sample.Certificate(model.USMCA), filing.Filing{})
	entry = s.File(s.Importer, "trade", sample.Summary(model.USMCA, certificate.Pin()), filing.Filing{})
	return s, certificate, entry
}

func find(number string) call {
	return post("/v1/entries/find", map[string]string{"entryNumber": number})
}

func TestAnEntryIsFoundByItsNumber(t *testing.T) {
	s, certificate, entry := filed(t, options{})
	var found gateway.Found
	s.do(find(sample.EntryUSMCA)).want(http.StatusOK, &found)
	if !slices.Equal(found.Entries, []string{entry.Record.ID}) {
		t.Errorf("found %v, want %s", found.Entries, entry.Record.ID)
	}
	if found.Sources[0].State != gateway.Absent || found.Sources[1].State != gateway.Answered {
		t.Errorf("sources %+v, want cbp absent and trade answered", found.Sources)
	}

	second := s.File(s.Importer, "trade", sample.Summary(model.USMCA, certificate.Pin()), filing.Filing{})
	s.do(find("abc-"+sample.EntryUSMCA[3:10]+"-"+sample.EntryUSMCA[10:])).want(http.StatusOK, &found)
	if len(found.Entries) != 2 || !slices.Contains(found.Entries, second.Record.ID) {
		t.Errorf("found %v, want both entries of that number", found.Entries)
	}
}

func TestAnAbsentNumberIsNotFoundOnceEveryLedgerWasAsked(t *testing.T) {
	s := newSite(t, options{})
	if p := s.do(find(sample.EntryUSMCA)).problem(http.StatusNotFound, gateway.NotFound); p.Retryable {
		t.Errorf("%+v: a proven absence is to be tried again", p)
	}
	s.Stop("trade")
	p := s.do(find(sample.EntryUSMCA)).problem(http.StatusServiceUnavailable, gateway.NotFoundSoFar)
	if !p.Retryable || !slices.Equal(p.Ledgers, []string{"trade"}) {
		t.Errorf("%+v: want it to be tried again, and trade named", p)
	}
}

func TestABadNumberIsToldWithItsPointer(t *testing.T) {
	s := newSite(t, options{})
	for name, body := range map[string]string{
		"too short":             `{"entryNumber":"ABC123"}`,
		"wrong check digit":     `{"entryNumber":"` + sample.EntryUSMCA[:9] + "00" + `"}`,
		"no check digit":        `{"entryNumber":"` + sample.EntryUSMCA[:10] + `X"}`,
		"no filer of that code": `{"entryNumber":"` + sample.EntryCAFTADR + `"}`,
		"no string":             `{"entryNumber":31460006}`,
		"null":                  `{"entryNumber":null}`,
		"missing":               `{}`,
	} {
		t.Run(name, func(t *testing.T) {
			p := s.do(post("/v1/entries/find", []byte(body))).problem(http.StatusUnprocessableEntity, gateway.BadInput)
			if !p.points("/entryNumber") {
				t.Errorf("%+v, want /entryNumber to be named", p)
			}
		})
	}
}

func TestWithoutALookupKeyFindingIsNotConfigured(t *testing.T) {
	s := newSite(t, options{Change: func(c *gateway.Config) { c.Lookup = nil }})
	s.do(find(sample.EntryUSMCA)).problem(http.StatusNotImplemented, gateway.NotConfigured)
}

// The number is in the request's body and nowhere else: in no log line, however the search ends, and in no answer.
func TestTheNumberIsNeverRepeated(t *testing.T) {
	s, _, entry := filed(t, options{})
	requests := []call{
		find(sample.EntryUSMCA), get("/v1/entries/" + entry.Record.ID),
		get("/v1/records?documents=true"), get("/v1/records/" + entry.Record.ID), get("/v1/witness"), get("/metrics"),
	}
	for _, c := range requests {
		request := c.request(s.server.URL)
		line, err := httputil.DumpRequest(request, false)
		if err != nil || strings.Contains(string(line), sample.EntryUSMCA) {
			t.Errorf("the request's head holds the number, %v", err)
		}
		a := s.do(c)
		if strings.Contains(string(a.Body), sample.EntryUSMCA) && !strings.Contains(string(a.Body), `"document"`) {
			t.Errorf("%s %s repeats the number", c.method, c.path)
		}
	}
	s.Stop("trade")
	s.Stop("cbp")
	s.do(find(sample.EntryUSMCA)).problem(http.StatusServiceUnavailable, gateway.NotFoundSoFar)
	if !strings.Contains(s.log.String(), "request failed") {
		t.Error("nothing was logged, so that nothing was tested")
	}
	// close() holds the log against every entry number.
}

// A number that somebody puts into the URL is refused before anything is looked up.
func TestANumberInTheURLIsRefused(t *testing.T) {
	s := newSite(t, options{})
	c := find(sample.EntryUSMCA)
	c.path += "?entryNumber=ABC"
	if p := s.do(c).problem(http.StatusUnprocessableEntity, gateway.BadInput); !p.points("?entryNumber") {
		t.Errorf("%+v, want the parameter to be named", p)
	}
}
