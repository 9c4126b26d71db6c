package gatewaysuite

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strings"
)

// A failure is read by whoever built the gateway, in any language: what came is told as JSON has it, and not as Go does.

var memberName = regexp.MustCompile(`"[A-Z]+[A-Za-z]*":`)

// small gives a member's name as the interface has it, which begins with a small letter.
func small(name string) string {
	if name == strings.ToUpper(name) {
		return strings.ToLower(name)
	}
	return strings.ToLower(name[:1]) + name[1:]
}

// asJSON tells a value of the suite's own as the interface has it, shortened.
func asJSON(v any) string {
	const most = 1000
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return "what cannot be told"
	}
	text := memberName.ReplaceAllStringFunc(strings.TrimSpace(out.String()), func(name string) string {
		return name[:1] + small(name[1:])
	})
	if len(text) > most {
		return strings.ToValidUTF8(text[:most], "") + " ..."
	}
	return text
}

// unread says why an answer's JSON cannot be read.
func unread(err error) string {
	var wrong *json.UnmarshalTypeError
	switch {
	case errors.As(err, &wrong) && wrong.Field != "":
		names := strings.Split(wrong.Field, ".")
		for i, name := range names {
			names[i] = small(name)
		}
		return fmt.Sprintf("its member %s must not be of the kind %s", strings.Join(names, "."), wrong.Value)
	case errors.As(err, &wrong):
		return "it must be an object, and is of the kind " + wrong.Value
	}
	return "it is no JSON (" + err.Error() + ")"
}
