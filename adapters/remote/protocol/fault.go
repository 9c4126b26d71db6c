package protocol

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"reflect"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// worded says in words of the protocol why a message cannot be read: where, what must be there, and what is. It holds no
// text of the message but numbers and names of members, for bodies and keys are nobody else's to read.
func worded(err error) error {
	var meaning *json.SemanticError
	var form *jsontext.SyntacticError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &form):
		return faultIn(form.JSONPointer, "%s", formed(form))
	case !errors.As(err, &meaning):
		return err
	case errors.Is(meaning.Err, json.ErrUnknownName):
		return faultIn(meaning.JSONPointer, "is no member that the protocol knows here")
	case meaning.GoType == nil:
		return faultIn(meaning.JSONPointer, "%w", meaning.Err)
	}
	rule := ruleOf(meaning.GoType)
	if rule == "" {
		return faultIn(meaning.JSONPointer, "%w", meaning.Err)
	}
	return faultIn(meaning.JSONPointer, "must be %s, and not %s", rule, found(meaning))
}

// maxPlace bounds how much of a place is told: names in it are the other side's.
const maxPlace = 100

func faultIn(at jsontext.Pointer, format string, args ...any) error {
	place := "the message"
	if at != "" {
		place = fmt.Sprintf("%.*q", maxPlace, string(at))
		place = place[1 : len(place)-1]
	}
	return fmt.Errorf(place+" "+format, args...)
}

// formed says what is wrong with a text that is no JSON, or none as the protocol has it.
func formed(err *jsontext.SyntacticError) string {
	switch {
	case errors.Is(err.Err, jsontext.ErrDuplicateName):
		return "stands there twice"
	case errors.Is(err.Err, io.ErrUnexpectedEOF), errors.Is(err.Err, io.EOF):
		return "ends before it is whole"
	}
	return fmt.Sprintf("is not JSON in UTF-8 at byte %d: %s", err.ByteOffset, err.Err)
}

// ruleOf says what a member of a type must be; "" for a type whose own reader says so.
func ruleOf(t reflect.Type) string {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch {
	case t == reflect.TypeFor[time.Time]():
		return "a time as 2026-11-23T08:00:05Z"
	case t == reflect.TypeFor[[]byte]():
		return "base64 with padding"
	case t.Kind() == reflect.Uint32:
		return "a whole number from 0 to 4294967295"
	case t.Kind() == reflect.Uint64, t.Kind() == reflect.Int:
		return "a whole number from 0 to 9007199254740991"
	}
	return map[reflect.Kind]string{reflect.String: "a text", reflect.Bool: "true or false", reflect.Struct: "an object",
		reflect.Slice: "a list"}[t.Kind()]
}

// found says what stands in a member's place: a number as it is, and of a text no more than that it is one.
func found(err *json.SemanticError) string {
	if err.JSONKind == '0' && len(err.JSONValue) > 0 {
		return fmt.Sprintf("%.40s", err.JSONValue)
	}
	words := map[jsontext.Kind]string{'0': "a number", '"': "this text", '{': "an object", '[': "a list", 'n': "null",
		't': "true or false", 'f': "true or false"}
	return cmp.Or(words[err.JSONKind], "this")
}
