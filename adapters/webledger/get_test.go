package webledger_test

import (
	"net/http"
	"reflect"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

func TestGetAnswersEveryVersionWithItsPlaceAndAuthor(t *testing.T) {
	s, key := newStandIn(t), newID()
	s.history(key, 3)
	l := s.open(t)
	for version, want := range map[uint64]int{0: 3, 1: 1, 2: 2, 3: 3} {
		e, err := l.Get(within(t), driver.Ref{Key: key, Version: version})
		if err != nil {
			t.Fatal(err)
		}
		tx, evidence := e.Tx, e.Author.Evidence
		e.Tx, e.Cursor, e.Author.Evidence = "", "", nil
		expected := &driver.Entry{
			Key: key, Version: uint64(want), Body: body(t, record(key, want)), Author: driver.Author{Kind: "did", ID: didOf(s.key)},
			Position: driver.Position{Height: uint64(want), Time: blockTime(want), Final: true},
		}
		if !reflect.DeepEqual(e, expected) || tx == "" || len(evidence) == 0 {
			t.Errorf("version %d: got %+v by %q, want %+v", version, e, tx, expected)
		}
	}
}

func TestGetAsksTheNodeForTheNewestEveryTime(t *testing.T) {
	s, key := newStandIn(t), newID()
	s.history(key, 1)
	l := s.open(t)
	for i := 1; i <= 5; i++ {
		if _, err := l.Get(within(t), driver.Ref{Key: key}); err != nil {
			t.Fatal(err)
		}
	}
	asked := s.count(queryService)
	s.block(s.update(record(key, 1), record(key, 2), 0))
	e, err := l.Get(within(t), driver.Ref{Key: key})
	if err != nil || e.Version != 2 || asked < 5 {
		t.Fatalf("after an update: %+v, %v, %d queries before", e, err, asked)
	}
}

func TestGetOfAnAbsentKeyIsNotFoundOnlyAtTheNodesNewestBlock(t *testing.T) {
	s := newStandIn(t)
	s.history(newID(), 2)
	l := s.open(t)
	_, err := l.Get(within(t), driver.Ref{Key: newID()})
	wantCode(t, err, driver.NotFound)
	s.spoiled(endsService, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusBadGateway) })
	_, err = l.Get(within(t), driver.Ref{Key: newID()})
	wantCode(t, err, driver.Unavailable)
}

func TestGetOfAnAbsentVersionIsNotFound(t *testing.T) {
	s, key := newStandIn(t), newID()
	s.history(key, 2)
	_, err := s.open(t).Get(within(t), driver.Ref{Key: key, Version: 3})
	wantCode(t, err, driver.NotFound)
}

func TestKeysAreUUIDsInLowerCase(t *testing.T) {
	l := newStandIn(t).open(t)
	for _, key := range []string{"", "x", "urn:uuid:", strings.ToUpper(newID()), "urn:uuid:" + strings.ToUpper(newID()[9:]), newID() + " ", newID()[9:]} {
		_, err := l.Get(within(t), driver.Ref{Key: key})
		wantCode(t, err, driver.Invalid)
		_, err = l.Versions(within(t), key, 0, 0)
		wantCode(t, err, driver.Invalid)
	}
}

// A node that lies about the newest version is contradicted by the blocks that it, or it before, has shown.
func TestLiesAboutTheNewestVersionAreContradicted(t *testing.T) {
	key := newID()
	forgery := record(key, 2)
	forgery["type"] = "Forgery"
	other := record(newID(), 2)
	for name, lie := range map[string]struct {
		answer  func(s *standIn, w http.ResponseWriter)
		version uint64
		body    []byte
		says    string
	}{
		"altered":     {func(s *standIn, w http.ResponseWriter) { s.answer(w, recordAnswer(body(t, forgery), 1)) }, 2, body(t, forgery), "another body"},
		"other id":    {func(s *standIn, w http.ResponseWriter) { s.answer(w, recordAnswer(body(t, other), 1)) }, 2, body(t, other), "another body"},
		"rolled back": {func(s *standIn, w http.ResponseWriter) { s.answer(w, recordAnswer(body(t, record(key, 1)), 0)) }, 1, body(t, record(key, 1)), "version 1, and block 2 holds version 2"},
		"rolled back and altered": {func(s *standIn, w http.ResponseWriter) { s.answer(w, recordAnswer(body(t, forgery), 0)) }, 1, body(t, forgery),
			"another body for version 1 than block 1 gives it; the node answers version 1, and block 2"},
		"denied":   {func(_ *standIn, w http.ResponseWriter) { refuse(w, http.StatusNotFound, "NotFoundError") }, 2, body(t, record(key, 2)), "holds no such record, and block 2 holds version 2"},
		"invented": {func(s *standIn, w http.ResponseWriter) { s.answer(w, recordAnswer(body(t, forgery), 2)) }, 3, body(t, forgery), "no more than version 2"},
	} {
		t.Run(name, func(t *testing.T) {
			s := newStandIn(t)
			s.history(key, 2)
			l := s.open(t)
			wantTruth(t, l, driver.Ref{Key: key})
			s.spoiled(queryService, func(w http.ResponseWriter, _ *http.Request) { lie.answer(s, w) })
			e, err := l.Get(within(t), driver.Ref{Key: key})
			if err != nil {
				t.Fatal(err)
			}
			wantTruth(t, l, driver.Ref{Key: key, Version: 2}) // what the blocks hold stays as it is
			if e.Version != lie.version || string(e.Body) != string(lie.body) || !strings.Contains(e.Contradiction, lie.says) {
				t.Errorf("got version %d, contradiction %q, body %s", e.Version, e.Contradiction, e.Body)
			}
		})
	}
}

// wantTruth expects version 2, which nothing speaks against.
func wantTruth(t *testing.T, l driver.Ledger, ref driver.Ref) {
	t.Helper()
	e, err := l.Get(within(t), ref)
	if err != nil || e.Contradiction != "" || string(e.Body) != string(body(t, record(ref.Key, 2))) {
		t.Fatalf("got %+v, %v", e, err)
	}
}

// A lie at first sight is caught as well: nothing is believed before the blocks were read, and after that the node is
// asked again.
func TestALieAtFirstSightIsContradicted(t *testing.T) {
	key := newID()
	for name, answer := range map[string]func(s *standIn, w http.ResponseWriter){
		"altered":     func(s *standIn, w http.ResponseWriter) { s.answer(w, recordAnswer(body(t, record(key, 9)), 1)) },
		"rolled back": func(s *standIn, w http.ResponseWriter) { s.answer(w, recordAnswer(body(t, record(key, 1)), 0)) },
		"denied":      func(_ *standIn, w http.ResponseWriter) { refuse(w, http.StatusNotFound, "NotFoundError") },
		"invented":    func(s *standIn, w http.ResponseWriter) { s.answer(w, recordAnswer(body(t, record(key, 9)), 8)) },
	} {
		s := newStandIn(t)
		s.history(key, 2)
		s.spoiled(queryService, func(w http.ResponseWriter, _ *http.Request) { answer(s, w) })
		e, err := s.open(t).Get(within(t), driver.Ref{Key: key})
		if err != nil || e.Contradiction == "" {
			t.Errorf("%s: got %+v, %v", name, e, err)
		}
	}
}

// A node may know a record an instant before it shows the block. That is no lie.
func TestANodeThatShowsItsBlockLateIsNotContradicted(t *testing.T) {
	s, key := newStandIn(t), newID()
	s.history(key, 1)
	l := s.open(t)
	if _, err := l.Get(within(t), driver.Ref{Key: key}); err != nil {
		t.Fatal(err)
	}
	var late atomic.Int32
	before := blockAnswers(s)
	s.block(s.update(record(key, 1), record(key, 2), 0))
	s.spoiled(endsService, func(w http.ResponseWriter, r *http.Request) {
		if late.Add(1) == 1 {
			s.answer(w, before)
			return
		}
		s.honest(w, r)
	})
	e, err := l.Get(within(t), driver.Ref{Key: key})
	if err != nil || e.Version != 2 || e.Contradiction != "" {
		t.Fatalf("got %+v, %v", e, err)
	}
}

// Spelling is the node's own affair: what counts is the canonical form.
func TestTheNodesSpellingOfARecordMakesNoDifference(t *testing.T) {
	s, key := newStandIn(t), newID()
	s.history(key, 1)
	s.spoiled(queryService, func(w http.ResponseWriter, _ *http.Request) {
		spaced := strings.ReplaceAll(string(body(t, record(key, 1))), `,"`, " ,\n\t\"")
		_, _ = w.Write([]byte(`{ "meta": {"sequence": 0, "created": 1}, "record": ` + spaced + ` }`))
	})
	l := s.open(t)
	for range 2 {
		e, err := l.Get(within(t), driver.Ref{Key: key})
		if err != nil || e.Contradiction != "" || string(e.Body) != string(body(t, record(key, 1))) {
			t.Fatalf("got %+v, %v", e, err)
		}
	}
}
