package ld

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/ftagateway/ftagateway/ld/internal/rdfc"
)

const (
	xsd        = "http://www.w3.org/2001/XMLSchema#"
	xsdBoolean = xsd + "boolean"
	xsdInteger = xsd + "integer"
	xsdDouble  = xsd + "double"
)

// absolute is what JSON-LD calls an IRI, without the characters that RFC 3987 does not allow in one and that N-Quads
// would have to escape.
var absolute = regexp.MustCompile("^[A-Za-z][A-Za-z0-9+.-]*:[^\\x00-\\x20\\x7f<>\"{}|^`\\\\]*$")

// iri makes a term of an absolute IRI. A relative one would be dropped, or mean another thing on another server.
func (s *statements) iri(text string) (rdfc.Term, error) {
	if !absolute.MatchString(text) {
		return rdfc.Term{}, s.fault(text, "must be an absolute IRI, or a term of the document's contexts")
	}
	return rdfc.Term{Kind: rdfc.IRI, Value: text}, nil
}

// literal makes a term of a value object.
func (s *statements) literal(v map[string]any) (rdfc.Term, error) {
	for name := range v {
		if !slices.Contains([]string{"@value", "@type", "@language"}, name) {
			return rdfc.Term{}, fmt.Errorf("%w: keyword %.40q", ErrUnsupported, name)
		}
	}
	datatype, _ := v["@type"].(string)
	if datatype == "@json" {
		return s.jsonLiteral(v["@value"])
	}
	if datatype != "" {
		if _, err := s.iri(datatype); err != nil {
			return rdfc.Term{}, err
		}
	}
	return s.value(v["@value"], datatype, v["@language"])
}

func (s *statements) value(v any, datatype string, tag any) (rdfc.Term, error) {
	switch v := v.(type) {
	case bool:
		return typed(strconv.FormatBool(v), datatype, xsdBoolean), nil
	case float64:
		return s.number(v, datatype)
	case string:
		return s.text(v, datatype, tag)
	}
	return rdfc.Term{}, s.fault(v, "must be a string, a number, true or false")
}

func typed(value, datatype, otherwise string) rdfc.Term {
	if datatype == "" {
		datatype = otherwise
	}
	return rdfc.Term{Kind: rdfc.Literal, Value: value, Datatype: datatype}
}

// jsonLiteral is JSON as it is, in its canonical form.
func (s *statements) jsonLiteral(value any) (rdfc.Term, error) {
	text, err := JCS(value)
	return typed(string(text), rdfJSON, ""), err
}

var language = regexp.MustCompile("^[a-z]{1,8}(-[a-z0-9]{1,8})*$")

func (s *statements) text(value, datatype string, tag any) (rdfc.Term, error) {
	if tag == nil {
		if datatype == xsdDouble {
			return rdfc.Term{}, fmt.Errorf("%w: xsd:double written as a string", ErrUnsupported)
		}
		return typed(value, datatype, rdfc.XSDString), nil
	}
	lower := strings.ToLower(fmt.Sprint(tag))
	if !language.MatchString(lower) {
		return rdfc.Term{}, s.fault(tag, "must be a language tag")
	}
	return rdfc.Term{Kind: rdfc.Literal, Value: value, Datatype: rdfc.RDFLangString, Language: lower}, nil
}

// number writes whole numbers as they are, and others as an xsd:double of 16 digits. RDF thereby rounds a double that
// has 17, and jsonld.js takes numbers below 0.000001 for whole ones: two numbers would be signed as one, so both are
// refused.
func (s *statements) number(v float64, datatype string) (rdfc.Term, error) {
	if v == 0 {
		v = 0 // not -0
	}
	if math.IsNaN(v) || math.Abs(v) > maxSafe {
		return rdfc.Term{}, s.fault(v, "must be a number between -9007199254740991 and 9007199254740991")
	}
	if v == math.Trunc(v) && datatype != xsdDouble {
		return typed(strconv.FormatFloat(v, 'f', 0, 64), datatype, xsdInteger), nil
	}
	text := strconv.FormatFloat(v, 'E', 15, 64)
	if back, err := strconv.ParseFloat(text, 64); err != nil || back != v || tiny(v) {
		return rdfc.Term{}, s.fault(v, "must be a number that RDF keeps as it is; write it as a string")
	}
	return typed(canonicalDouble(text), datatype, xsdDouble), nil
}

func tiny(v float64) bool { return v != 0 && math.Abs(v) < 1e-6 }

// canonicalDouble takes the form of strconv to that of XML Schema: 1.500000000000000E+03 to 1.5E3.
func canonicalDouble(text string) string {
	mantissa, exponent, _ := strings.Cut(text, "E")
	mantissa = strings.TrimRight(mantissa, "0")
	if strings.HasSuffix(mantissa, ".") {
		mantissa += "0"
	}
	power, err := strconv.Atoi(exponent)
	if err != nil { // strconv wrote it
		panic(err)
	}
	return mantissa + "E" + strconv.Itoa(power)
}
