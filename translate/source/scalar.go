package source

import (
	"regexp"
	"strconv"

	"go.yaml.in/yaml/v3"
)

// What JSON takes for a number too, and what every double holds exactly.
var plainNumber = regexp.MustCompile(`^-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,15})?$`)

// scalar gives the one value of a scalar, or the rule that it breaks.
func scalar(n *yaml.Node) (any, string) {
	if n.Kind != yaml.ScalarNode {
		return nil, ""
	}
	switch n.ShortTag() {
	case "!!str", "!!timestamp": // a date is the text that it is written as
		return n.Value, ""
	case "!!bool":
		return n.Value == "true" || n.Value == "True" || n.Value == "TRUE", ""
	case "!!null":
		return nil, "must have a value; the text \"null\" is in quotes"
	case "!!int", "!!float":
		return number(n.Value)
	}
	return nil, "must be text, a number, true or false"
}

// number refuses 010, which is eight to some and ten to others, and whatever else means a number only in YAML.
func number(s string) (any, string) {
	if !plainNumber.MatchString(s) {
		return nil, "must be in quotes where it is text; as a number it is written in another way (" + strconv.Quote(s) + ")"
	}
	f, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return nil, "must be a number"
	}
	if f == 0 {
		f = 0 // and not its negative
	}
	return f, ""
}
