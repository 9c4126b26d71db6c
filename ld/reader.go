package ld

import (
	"errors"
	"fmt"
	"io"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/ftagateway/ftagateway/schemas"
)

// reader builds values of the tokens of one text, within limits. That the text is JSON, in UTF-8 and without a name
// twice, is jsontext's to say; what a double cannot hold, and how much there may be, is said here.
type reader struct {
	in      *jsontext.Decoder
	limits  Limits
	members int
}

func (r *reader) value() (any, error) {
	switch r.in.PeekKind() {
	case jsontext.KindBeginObject:
		return r.object()
	case jsontext.KindBeginArray:
		return r.array()
	}
	t, err := r.in.ReadToken()
	if err != nil {
		return nil, err
	}
	switch t.Kind() {
	case jsontext.KindString:
		return t.String(), nil
	case jsontext.KindNumber:
		return r.number(t.String())
	case jsontext.KindNull:
		return nil, nil
	}
	return t.Bool(), nil
}

func (r *reader) object() (Object, error) {
	if err := r.enter(); err != nil {
		return nil, err
	}
	obj := Object{}
	for r.more(jsontext.KindEndObject) {
		name, err := r.in.ReadToken()
		if err != nil {
			return nil, err
		}
		key := name.String() // the token is gone with the next read
		if obj[key], err = r.counted(); err != nil {
			return nil, err
		}
	}
	_, err := r.in.ReadToken()
	return obj, err
}

func (r *reader) array() ([]any, error) {
	if err := r.enter(); err != nil {
		return nil, err
	}
	items := []any{}
	for r.more(jsontext.KindEndArray) {
		item, err := r.counted()
		if err != nil {
			return nil, err
		}
		items = append(items, item)
	}
	_, err := r.in.ReadToken()
	return items, err
}

// more reports whether another member or item comes, or something wrong: the next read says what.
func (r *reader) more(end jsontext.Kind) bool { return r.in.PeekKind() != end }

// counted reads a member's or an item's value, and counts it.
func (r *reader) counted() (any, error) {
	r.members++
	if r.members > r.limits.Members {
		return nil, only("", fmt.Sprintf("more than %d", r.limits.Members), "must have no more members and items", "")
	}
	return r.value()
}

// enter goes one level down, into the object or array whose bracket comes next.
func (r *reader) enter() error {
	if r.in.StackDepth() == r.limits.Depth {
		return r.fault(nil, fmt.Sprintf("must be at most %d levels deep", r.limits.Depth), "")
	}
	_, err := r.in.ReadToken()
	return err
}

// end holds the text to end with its object.
func (r *reader) end() error {
	_, err := r.in.ReadToken()
	if errors.Is(err, io.EOF) {
		return nil
	}
	if err == nil {
		err = only("", nil, "must end with its object", rfc8259)
	}
	return err
}

func (r *reader) fault(value any, rule, source string) error {
	return schemas.Faults{schemas.NewFault(string(r.in.StackPointer()), value, rule, source)}
}
