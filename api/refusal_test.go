package api_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/filing"
	"github.com/ftagateway/ftagateway/gateway"
	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/model/lifecycle"
	"github.com/ftagateway/ftagateway/model/sample"
)

// refused is a submission that must not be taken.
type refused struct {
	slug    string // trade if empty
	body    func(s *site) []byte
	status  int // 422 if 0
	code    gateway.Code
	pointer string
}

func sent(record, document []byte) []byte {
	return []byte(`{"record":` + string(record) + `,"document":` + string(document) + `,"mediaType":"application/vc"}`)
}

// made is a right submission, of which tests make wrong ones.
func made(s *site) []byte {
	f := s.Make(s.Importer, "trade", unclaimed(), filing.Filing{})
	return sent(f.Record.Bytes, f.Document.Bytes)
}

// edited replaces text of a right submission, once.
func edited(old, by string) func(*site) []byte {
	return func(s *site) []byte { return bytes.Replace(made(s), []byte(old), []byte(by), 1) }
}

// ended gives a right submission another media type.
func ended(by string) func(*site) []byte {
	return func(s *site) []byte { return append(bytes.TrimSuffix(made(s), []byte(`"application/vc"}`)), by...) }
}

func decided(s *site, on string, action string) []byte {
	entry := s.File(s.Importer, "trade", unclaimed(), filing.Filing{})
	f := s.Make(s.Customs, on, &model.EntryDisposition{Entry: entry.Pin(), Action: action, DecidedOn: model.DateOf(time.Now())}, filing.Filing{})
	return sent(f.Record.Bytes, f.Document.Bytes)
}

var refusals = map[string]refused{
	"an unknown member beside the record": {body: edited(`{"record"`, `{"colour":"blue","record"`), code: gateway.BadInput, pointer: "/colour"},
	"a media type of the wrong type":      {body: ended(`7}`), code: gateway.BadInput, pointer: "/mediaType"},
	"another media type":                  {body: ended(`"text/html"}`), code: gateway.BadInput, pointer: "/mediaType"},
	"an unknown member of the record":     {body: edited(`"event":"file"`, `"event":"file","colour":"blue"`), code: gateway.BadInput, pointer: "/record/colour"},
	"an unknown member of the document":   {body: edited(`"entryType":"01"`, `"entryType":"01","colour":"blue"`), code: gateway.BadInput, pointer: "/document/credentialSubject/colour"},
	"a version of the wrong type":         {body: edited(`"version":1}`, `"version":"1"}`), code: gateway.BadInput, pointer: "/record/version"},
	"a record that is a number":           {body: func(*site) []byte { return []byte(`{"record":7}`) }, code: gateway.BadInput, pointer: "/record"},
	"no record":                           {body: func(*site) []byte { return []byte(`{}`) }, code: gateway.BadInput, pointer: "/record"},
	"a duplicate key":                     {body: edited(`"event":"file"`, `"event":"file","event":"file"`), code: gateway.BadInput, pointer: "/record/event"},
	"a duplicate key, once escaped":       {body: edited(`"event":"file"`, `"event":"file","\u0065vent":"file"`), code: gateway.BadInput, pointer: "/record/event"},
	"bytes that are not UTF-8":            {body: edited(`"event":"file"`, "\"event\":\"\xff\""), code: gateway.BadInput, pointer: ""},
	"too deep": {body: func(*site) []byte {
		return []byte(`{"record":` + strings.Repeat(`[`, 1000) + strings.Repeat(`]`, 1000) + `}`)
	}, code: gateway.BadInput, pointer: ""},
	"too many values": {body: func(*site) []byte {
		return []byte(`{"record":[` + strings.Repeat(`0,`, 300_000) + `0]}`)
	}, code: gateway.BadInput, pointer: ""},
	"truncated":               {body: func(s *site) []byte { all := made(s); return all[:len(all)-1] }, code: gateway.BadInput, pointer: ""},
	"something after it":      {body: func(s *site) []byte { return append(made(s), " {}"...) }, code: gateway.BadInput, pointer: ""},
	"no object":               {body: func(*site) []byte { return []byte(`["record"]`) }, code: gateway.BadInput, pointer: ""},
	"nothing":                 {body: func(*site) []byte { return nil }, code: gateway.BadInput, pointer: ""},
	"oversized":               {body: func(s *site) []byte { return append(made(s), bytes.Repeat([]byte(" "), 7<<20)...) }, status: http.StatusRequestEntityTooLarge, code: "request-too-large"},
	"an oversized record":     {body: edited(`"event":"file"`, `"event":"`+strings.Repeat("x", 600<<10)+`"`), code: gateway.BadInput, pointer: "/record"},
	"a wrongly signed record": {body: edited(`"issued":"202`, `"issued":"203`), code: gateway.BadInput, pointer: "/record/proof"},
	"a wrongly signed document": {body: func(s *site) []byte {
		f := s.Make(s.Importer, "trade", unclaimed(), filing.Filing{})
		return sent(f.Record.Bytes, bytes.Replace(f.Document.Bytes, []byte("Brake pads"), []byte("Brake pods"), 1))
	}, code: gateway.BadInput, pointer: "/document/proof"},
	"a replayed first version with other content": {body: func(s *site) []byte {
		entry := s.File(s.Importer, "trade", unclaimed(), filing.Filing{})
		again := s.Make(s.Importer, "trade", unclaimed(), filing.Filing{ID: entry.Record.ID})
		return sent(again.Record.Bytes, again.Document.Bytes)
	}, status: http.StatusConflict, code: gateway.Conflict},
	"an out-of-order version": {body: func(s *site) []byte {
		first := s.File(s.Importer, "trade", unclaimed(), filing.Filing{})
		second := s.Make(s.Importer, "trade", unclaimed(), filing.Filing{Previous: first.Record})
		third := s.Make(s.Importer, "trade", unclaimed(), filing.Filing{Previous: second.Record})
		return sent(third.Record.Bytes, third.Document.Bytes)
	}, status: http.StatusConflict, code: gateway.Conflict, pointer: "/record/version"},
	"a step that the life cycle does not have there": {body: func(s *site) []byte {
		first := s.File(s.Importer, "trade", unclaimed(), filing.Filing{})
		second := s.Make(s.Importer, "trade", unclaimed(), filing.Filing{Previous: first.Record})
		return sent(second.Record.Bytes, second.Document.Bytes)
	}, code: gateway.RuleBroken, pointer: "/record/event"},
	"a step of another type of record": {body: func(s *site) []byte {
		f := s.Make(s.Importer, "trade", unclaimed(), filing.Filing{Event: lifecycle.Certify})
		return sent(f.Record.Bytes, f.Document.Bytes)
	}, code: gateway.UnknownEvent, pointer: "/record/event"},
	"customs' decision on a partner's ledger": {body: func(s *site) []byte { return decided(s, "trade", model.ActionAccept) },
		code: gateway.RuleBroken, pointer: "customs' decisions"},
	"a partner's record on customs' ledger": {slug: "cbp", body: func(s *site) []byte {
		f := s.Make(s.Importer, "cbp", unclaimed(), filing.Filing{})
		return sent(f.Record.Bytes, f.Document.Bytes)
	}, code: gateway.RuleBroken, pointer: "customs' decisions"},
	"an issuer that nobody vouches for": {body: func(s *site) []byte {
		f := s.Make(s.Stranger(), "trade", unclaimed(), filing.Filing{})
		return sent(f.Record.Bytes, f.Document.Bytes)
	}, code: gateway.RuleBroken, pointer: "/record/issuer"},
	"a record for another ledger": {body: func(s *site) []byte {
		f := s.Make(s.Exporter, "cbp", sample.Certificate(model.USMCA), filing.Filing{})
		return sent(f.Record.Bytes, f.Document.Bytes)
	}, code: gateway.BadInput, pointer: "/record/ledger"},
	"no such ledger": {slug: "nowhere", body: made, status: http.StatusNotFound, code: gateway.NoSuchLedger},
}

// Whatever is wrong, it is named, and nothing is written.
func TestWhatMustNotStandOnALedgerIsRefused(t *testing.T) {
	for name, c := range refusals {
		t.Run(name, func(t *testing.T) { refuse(t, c) })
	}
}

func refuse(t *testing.T, c refused) {
	s := newSite(t, options{})
	body := c.body(s)
	before := s.Count("trade") + s.Count("cbp")
	if c.slug == "" {
		c.slug = "trade"
	}
	if c.status == 0 {
		c.status = http.StatusUnprocessableEntity
	}
	p := s.do(post("/v1/ledgers/"+c.slug+"/records", body)).problem(c.status, c.code)
	if !p.points(c.pointer) || p.Retryable {
		t.Errorf("%+v, want %s to be named, and no second try", p, c.pointer)
	}
	if after := s.Count("trade") + s.Count("cbp"); after != before {
		t.Errorf("%d versions were written", after-before)
	}
}

func TestAllFaultsAreToldAtOnce(t *testing.T) {
	s := newSite(t, options{})
	body := made(s)
	for old, by := range map[string]string{`"event":"file"`: `"event":"fly"`, `"version":1}`: `"version":"one"}`, `"entryType":"01"`: `"entryType":1`} {
		body = bytes.Replace(body, []byte(old), []byte(by), 1)
	}
	p := s.do(post("/v1/ledgers/trade/records", body)).problem(http.StatusUnprocessableEntity, gateway.BadInput)
	for _, pointer := range []string{"/record/event", "/record/version"} {
		if !p.points(pointer) {
			t.Errorf("%s is not among %+v", pointer, p.Faults)
		}
	}
}

// A value of the caller's may be shown to the caller, shortened, and never goes to the log.
func TestFaultyValuesStayOutOfTheLog(t *testing.T) {
	s := newSite(t, options{})
	s.do(post("/v1/ledgers/trade/records", map[string]json.RawMessage{"record": []byte(`{"id":"trade secret 4711"}`)})).
		problem(http.StatusUnprocessableEntity, gateway.BadInput)
	if strings.Contains(s.log.String(), "trade secret") {
		t.Errorf("the log holds it: %s", s.log)
	}
}
