package protocol

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// MaxDepth is how deep the data of a proof may be nested. Elsewhere nothing is kept that nests.
const MaxDepth = 48

// Encode gives the text of a message. Text that is not UTF-8 is an error, never altered to fit.
func Encode(message any) ([]byte, error) {
	text, err := json.Marshal(message, jsontext.EscapeForHTML(false))
	return text, worded(err)
}

// ReadAnswer decodes the text of an answer. Members that the message does not name are passed over; a name that occurs
// twice, text that is not UTF-8, a number that does not fit and anything behind the message are errors.
func ReadAnswer(text []byte, message any) error { return worded(json.Unmarshal(text, message)) }

// ReadRequest decodes the text of a request, and refuses members that the message does not name too: one that is
// misspelt and passed over would ask for something else.
func ReadRequest(text []byte, message any) error {
	return worded(json.Unmarshal(text, message, json.RejectUnknownMembers(true)))
}

// Shallow is an error for JSON that is nested more than MaxDepth deep.
func Shallow(text []byte) error {
	in := jsontext.NewDecoder(bytes.NewReader(text))
	for {
		_, err := in.ReadToken()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return worded(err)
		case in.StackDepth() > MaxDepth:
			return fmt.Errorf("nested more than %d deep", MaxDepth)
		}
	}
}
