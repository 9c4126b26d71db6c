package protocol_test

import (
	"strings"
	"testing"

	"github.com/ftagateway/ftagateway/adapters/remote/protocol"
	"github.com/ftagateway/ftagateway/conformance/conformancetest"
)

// A vendor reads what is wrong with its answer in words of the protocol: the place, the rule, and what is there.
func TestWhatCannotBeReadIsToldInWordsOfTheProtocol(t *testing.T) {
	entry := func(old, instead string) string {
		return strings.Replace(`{"key":"k","version":1,"body":"e30=","position":{"height":7,"tx":"t","time":"2026-11-23T08:00:00Z","final":true}}`, old, instead, 1)
	}
	for text, want := range map[string]string{
		entry(`:1,`, `:"1",`):                 "/version must be a whole number from 0 to 9007199254740991, and not this text",
		entry(`:1,`, `:1.5,`):                 "/version must be a whole number from 0 to 9007199254740991, and not 1.5",
		entry(`:7,`, `:7,"index":5e9,`):       "/position/index must be a whole number from 0 to 4294967295, and not 5e9",
		entry(`:7,`, `:{},`):                  "/position/height must be a whole number from 0 to 9007199254740991, and not an object",
		entry(`"2026-11-23T08`, `"yesterday`): "/position/time must be a time as 2026-11-23T08:00:05Z, and not this text",
		entry(`e30=`, `secret!`):              "/body must be base64 with padding, and not this text",
		entry(`true`, `"yes"`):                "/position/final must be true or false, and not this text",
		entry(`"k"`, `7`):                     "/key must be a text, and not a number",
		entry(`{"height`, `[{"height`):        "/position must be an object, and not a list",
		entry(`:1,`, `:1,"version":2,`):       "/version stands there twice",
		entry(`}}`, `}`):                      "the message ends before it is whole",
		entry(`}}`, `}}}`):                    "the message is not JSON in UTF-8 at byte",
		"":                                    "the message ends before it is whole",
		"\"\xff":                              "the message is not JSON in UTF-8 at byte 1",
		`[]`:                                  "the message must be an object, and not a list",
	} {
		err := protocol.ReadAnswer([]byte(text), new(protocol.Entry))
		if err == nil || !strings.HasPrefix(err.Error(), want) || strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: %v, want %s", text, err, want)
			continue
		}
		conformancetest.Plain(t, err.Error())
	}
}

// Lists say of themselves how long they may be, and what of a page is wrong is told by its place.
func TestFaultsInListsAreTold(t *testing.T) {
	for text, want := range map[string]string{
		`{"entries":{}}`:                                      "/entries",
		`{"entries":[{},{"key":[]}]}`:                         "/entries/1/key must be a text, and not a list",
		`{"entries":[` + strings.Repeat("{},", 9999) + `{}]}`: "/entries",
	} {
		err := protocol.ReadAnswer([]byte(text), new(protocol.Page))
		if err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%.60s: %v, want %s", text, err, want)
			continue
		}
		conformancetest.Plain(t, err.Error())
	}
}

// A member that is misspelt in a request is named, and a place that has no end is cut.
func TestUnknownMembersAreNamed(t *testing.T) {
	err := protocol.ReadRequest([]byte(`{"kay":"k"}`), new(protocol.Get))
	if err == nil || err.Error() != "/kay is no member that the protocol knows here" {
		t.Errorf("%v", err)
	}
	err = protocol.ReadRequest([]byte(`{"`+strings.Repeat("x\\n", 5000)+`":"k"}`), new(protocol.Get))
	if err == nil || len(err.Error()) > 300 || strings.Contains(err.Error(), "\n") {
		t.Errorf("%v", err)
	}
}
