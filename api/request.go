package api

import (
	"encoding/json"
	"errors"
	"io"
	"maps"
	"mime"
	"net/http"
	"net/url"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/go-chi/chi/v5"

	"github.com/ftagateway/ftagateway/gateway"
	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/schemas"
)

// requestLimits bound a request's JSON: a document of 999 full lines beside its record.
var requestLimits = ld.Limits{Bytes: maxBody, Depth: 20, Members: 250_000}

// read decodes a request's body strictly into a struct: no member twice, none that is unknown, none of a wrong type,
// nothing after the object. Everything that is wrong is told with its pointer.
func read(r *http.Request, into any, members ...string) error {
	data, err := body(r)
	if err != nil {
		return err
	}
	obj, err := ld.Parse(data, requestLimits)
	if err != nil {
		return faulty(err)
	}
	faults := unknown(obj, members)
	var mistyped *json.UnmarshalTypeError
	if err := json.Unmarshal(data, into); errors.As(err, &mistyped) {
		faults.Add(schemas.Pointer("", mistyped.Field), obj[mistyped.Field], "must be "+wanted(mistyped.Type), "")
	}
	return badInput(faults)
}

// unknown refuses members that mean nothing here: a misspelt one must not look like one that was heeded.
func unknown(obj ld.Object, members []string) schemas.Faults {
	var faults schemas.Faults
	for _, name := range slices.Sorted(maps.Keys(obj)) {
		if !slices.Contains(members, name) {
			faults.Add(schemas.Pointer("", name), nil, "must not be there; known are "+strings.Join(members, ", "), "")
		}
	}
	return faults
}

// wanted says which type of JSON a member of ours has.
func wanted(t reflect.Type) string {
	if t.Kind() == reflect.Slice {
		return "an array"
	}
	return "a string"
}

func badInput(faults schemas.Faults) error {
	if len(faults) == 0 {
		return nil
	}
	return &gateway.Problem{Code: gateway.BadInput, Faults: faults}
}

// body reads a request's body, which must say that it is JSON.
func body(r *http.Request) ([]byte, error) {
	if t, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || t != mediaJSON && t != mediaLinkedData {
		return nil, problemOf(codeMediaType)
	}
	data, err := io.ReadAll(r.Body)
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		return nil, problemOf(codeTooLarge)
	case errors.Is(err, errNoRoom):
		return nil, problemOf(codeBusy)
	case err != nil:
		return nil, &gateway.Problem{Code: gateway.BadInput, Detail: "the request ended early"}
	}
	return data, nil
}

// faulty words what was found wrong with what the caller sent; another failure stays what it is.
func faulty(err error) error {
	p := &gateway.Problem{Code: gateway.BadInput}
	if errors.As(err, &p.Faults) {
		return p
	}
	return err
}

// inPath gives a part of the path as it was meant: clients may escape the colons of a URN, and must escape the slashes
// of a URL.
func inPath(r *http.Request, name string) string {
	escaped := chi.URLParam(r, name)
	plain, err := url.PathUnescape(escaped)
	if err != nil {
		return escaped // and so found nowhere
	}
	return plain
}

// versionOf reads a version in a path.
func versionOf(r *http.Request) (uint64, error) {
	s := inPath(r, "version")
	n, err := strconv.ParseUint(s, 10, 64)
	if err != nil || n == 0 {
		return 0, badInput(schemas.Faults{schemas.NewFault("/version", s, "must be a whole number, 1 or more", "")})
	}
	return n, nil
}
