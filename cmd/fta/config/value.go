package config

import (
	"reflect"
	"strconv"
	"strings"
	"time"
)

// misfit says what a value must be to fit its key; empty if it does. It is asked before anything is decoded: the decoder
// would take 5 for five nanoseconds, and a list for a word.
func (k Key) misfit(value any) string {
	switch text, isText := written(value); {
	case k.kind.Kind() == reflect.Slice:
		return misfitList(value)
	case !isText:
		return "must be one value, not a list or a section"
	case k.kind == reflect.TypeFor[time.Duration]():
		return misfitDuration(text)
	case k.kind == reflect.TypeFor[Size]():
		return misfitSize(text)
	case k.kind.Kind() == reflect.Bool:
		return misfitBool(text)
	case k.kind.Kind() == reflect.Int:
		return misfitInt(text)
	}
	return ""
}

// written is a scalar as it stands in a file.
func written(value any) (text string, ok bool) {
	switch v := value.(type) {
	case string:
		return v, true
	case bool:
		return strconv.FormatBool(v), true
	case int:
		return strconv.Itoa(v), true
	case int64:
		return strconv.FormatInt(v, 10), true
	case uint64:
		return strconv.FormatUint(v, 10), true
	case float64:
		return strconv.FormatFloat(v, 'g', -1, 64), true
	}
	return "", false
}

func misfitList(value any) string {
	list, ok := value.([]any)
	if !ok {
		list = []any{value}
	}
	for _, one := range list {
		if _, ok := one.(string); !ok {
			return "must be a list of words"
		}
	}
	return ""
}

func misfitDuration(text string) string {
	if _, err := time.ParseDuration(text); err != nil || strings.Trim(text, "+-0123456789.") == "" {
		return "must be a duration with its unit, for example 5s or 500ms"
	}
	return ""
}

func misfitSize(text string) string {
	if err := new(Size).UnmarshalText([]byte(text)); err != nil {
		return err.Error()
	}
	return ""
}

func misfitBool(text string) string {
	if text != "true" && text != "false" {
		return "must be true or false"
	}
	return ""
}

func misfitInt(text string) string {
	if _, err := strconv.ParseInt(text, 10, 32); err != nil {
		return "must be a whole number"
	}
	return ""
}
