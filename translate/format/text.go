package format

import (
	"fmt"
	"strings"

	"github.com/ftagateway/ftagateway/translate/source"
)

var (
	withoutOptions = source.Keys{{Name: "prefix", Needed: true, Takes: "text", Says: "What is left out in front."}}
	groupsOptions  = source.Keys{{Name: "pattern", Needed: true, Takes: "X with - . / or spaces between", Says: "Each X is a character."}}
)

// newWithout leaves out what every model value begins with: {without: "urn:uuid:"}.
func newWithout(argument any, of Leaf) (Format, error) {
	given, err := options(argument, withoutOptions)
	if err != nil {
		return nil, err
	}
	prefix, err := textArgument(given["prefix"], "what is left out in front")
	if err != nil {
		return nil, err
	}
	if of.Type != "string" {
		return nil, fmt.Errorf("must stand at text of the model")
	}
	return textual{
		native: func(s string) (any, error) {
			rest, ok := strings.CutPrefix(s, prefix)
			if !ok {
				return nil, fmt.Errorf("must begin with %q", prefix)
			}
			return rest, nil
		},
		model: onText(func(s string) (string, error) { return prefix + s, nil }),
	}, nil
}

// newGroups punctuates: {groups: XXX-XXXXXXX-X} has ABC12345676 as ABC-1234567-6. A shorter text ends earlier.
func newGroups(argument any, of Leaf) (Format, error) {
	given, err := options(argument, groupsOptions)
	if err != nil {
		return nil, err
	}
	pattern, err := textArgument(given["pattern"], "a pattern such as XXX-XXXXXXX-X")
	if err != nil {
		return nil, err
	}
	if of.Type != "string" {
		return nil, fmt.Errorf("must stand at text of the model")
	}
	if !strings.HasPrefix(pattern, "X") || !strings.HasSuffix(pattern, "X") || strings.Trim(pattern, "X-./ ") != "" {
		return nil, fmt.Errorf("must be a pattern of X with - . / or spaces between")
	}
	return textual{
		native: func(s string) (any, error) { return punctuate(s, pattern) },
		model:  onText(func(s string) (string, error) { return unpunctuate(s, pattern) }),
	}, nil
}

func punctuate(s, pattern string) (string, error) {
	if len(s) > strings.Count(pattern, "X") || strings.ContainsAny(s, "-./ ") {
		return "", fmt.Errorf("must fit the pattern %s", pattern)
	}
	var b strings.Builder
	for i := 0; s != ""; i++ {
		if pattern[i] != 'X' {
			b.WriteByte(pattern[i])
			continue
		}
		b.WriteByte(s[0])
		s = s[1:]
	}
	return b.String(), nil
}

func unpunctuate(s, pattern string) (string, error) {
	var b strings.Builder
	for i := range len(s) {
		switch {
		case i >= len(pattern), pattern[i] != 'X' && pattern[i] != s[i]:
			return "", fmt.Errorf("must fit the pattern %s", pattern)
		case pattern[i] == 'X':
			b.WriteByte(s[i])
		}
	}
	if back, err := punctuate(b.String(), pattern); err != nil || back != s {
		return "", fmt.Errorf("must fit the pattern %s", pattern)
	}
	return b.String(), nil
}
