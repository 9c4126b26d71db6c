package api

import (
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/ftagateway/ftagateway/gateway"
	"github.com/ftagateway/ftagateway/schemas"
)

// query is the parameters of one request, and what is wrong with them. A pointer into it is "?" and a name.
type query struct {
	values url.Values
	header http.Header
	faults schemas.Faults
}

// queryOf reads the parameters of a request that has these. Others are refused, as are those that come twice: a
// misspelt filter must not look like one that matched everything.
func queryOf(r *http.Request, names ...string) *query {
	q := &query{header: r.Header}
	if r.URL.RawQuery == "" {
		return q
	}
	var err error
	if q.values, err = url.ParseQuery(r.URL.RawQuery); err != nil {
		q.faults.Add("?", nil, "must be parameters in the form name=value&name=value, escaped as URLs are", "RFC 3986")
	}
	for _, name := range slices.Sorted(maps.Keys(q.values)) {
		switch {
		case len(names) == 0:
			q.faults.Add("?"+name, nil, "must not be there: there are no parameters here", "")
		case !slices.Contains(names, name):
			q.faults.Add("?"+name, nil, "must be one of "+strings.Join(names, ", "), "")
		case len(q.values[name]) > 1:
			q.faults.Add("?"+name, nil, "must come once", "")
		}
	}
	return q
}

func (q *query) text(name string) string { return q.values.Get(name) }

func (q *query) number(name string) uint64 {
	s := q.text(name)
	if s == "" {
		return 0
	}
	n, err := strconv.ParseUint(s, 10, 63)
	if err != nil {
		q.faults.Add("?"+name, s, "must be a whole number, 0 or more", "")
	}
	return n
}

// limit reads ?limit=. What is above what a page holds is a wish, and is cut down where the page is made.
func (q *query) limit() int { return int(min(q.number("limit"), 1<<20)) }

func (q *query) instant(name string) time.Time {
	s := q.text(name)
	if s == "" {
		return time.Time{}
	}
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		q.faults.Add("?"+name, s, "must be an instant such as 2026-11-23T00:00:00Z", "RFC 3339")
	}
	return t
}

// options reads ?documents=, ?include= and ?finality=, and what Cache-Control asks for.
func (q *query) options(documents bool) gateway.Options {
	o := gateway.Options{Documents: documents, Fresh: freshness(q.header)}
	switch s := q.text("documents"); s {
	case "":
	case "true", "false":
		o.Documents = s == "true"
	default:
		q.faults.Add("?documents", s, "must be true or false", "")
	}
	switch s := q.text("include"); s {
	case "":
	case "invalid":
		o.Invalid = true
	default:
		q.faults.Add("?include", s, `must be "invalid"`, "")
	}
	o.Finality = q.finality()
	return o
}

func (q *query) finality() string {
	s := q.text("finality")
	if !slices.Contains([]string{"", gateway.Final, gateway.Latest}, s) {
		q.faults.Add("?finality", s, "must be final or latest", "")
	}
	return s
}

func (q *query) err() error { return badInput(q.faults) }

// plain wraps a handler whose request has no parameters.
func (s *server) plain(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if err := queryOf(r).err(); err != nil {
			s.refuse(w, r, err)
			return
		}
		next(w, r)
	}
}
