package format

import (
	"fmt"

	"github.com/ftagateway/ftagateway/ld"
)

// jsonText has an object of the model as text that holds its canonical JSON, as contracts do that know no objects.
type jsonText struct{}

func newJSON(argument any, of Leaf) (Format, error) {
	if of.Type != "" {
		return nil, fmt.Errorf("must stand at an object of the model")
	}
	return jsonText{}, noArgument(argument)
}

// Native writes JCS.
func (jsonText) Native(v any) (any, error) {
	object, ok := v.(ld.Object)
	if !ok {
		return nil, fmt.Errorf("must be an object")
	}
	text, err := ld.JCS(object)
	if err != nil {
		return nil, fmt.Errorf("must be JSON")
	}
	return string(text), nil
}

// Model reads one object, strictly.
func (jsonText) Model(v any) (any, error) {
	s, ok := v.(string)
	if !ok {
		return nil, errText
	}
	object, err := ld.Parse([]byte(s), ld.Limits{})
	if err != nil {
		return nil, fmt.Errorf("must be text that holds a JSON object")
	}
	return object, nil
}
