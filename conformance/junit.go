package conformance

import (
	"cmp"
	"encoding/xml"
	"fmt"
	"io"
	"strings"
)

// The elements of a JUnit report, as far as build servers read them.
type junitSuite struct {
	XMLName  xml.Name `xml:"testsuite"`
	Name     string   `xml:"name,attr"`
	Tests    int      `xml:"tests,attr"`
	Failures int      `xml:"failures,attr"`
	Skipped  int      `xml:"skipped,attr"`
	// Properties is nil where there is nothing to say: build servers take an empty one for a mistake.
	Properties *junitProperties `xml:"properties,omitempty"`
	Cases      []junitCase      `xml:"testcase"`
}

type junitProperties struct {
	Properties []junitProperty `xml:"property"`
}

type junitProperty struct {
	Name  string `xml:"name,attr"`
	Value string `xml:"value,attr"`
}

type junitCase struct {
	Class   string        `xml:"classname,attr"`
	Name    string        `xml:"name,attr"`
	Time    string        `xml:"time,attr"` // seconds
	Failure *junitMessage `xml:"failure,omitempty"`
	Skipped *junitMessage `xml:"skipped,omitempty"`
}

type junitMessage struct {
	Message string `xml:"message,attr"`
	Text    string `xml:",chardata"`
}

// WriteJUnit writes the report for build servers. What is not offered is told as skipped, the only word that JUnit has
// for it, with the reason.
func (r *Report) WriteJUnit(w io.Writer) error {
	suite := junitSuite{
		Name: "conformance of " + cmp.Or(r.Gateway, r.Ledger.Kind), Tests: len(r.Cases),
		Failures: r.Summary.Fail, Skipped: r.Summary.NotOffered,
	}
	if r.Mapping != (MappingID{}) {
		suite.Properties = &junitProperties{[]junitProperty{{"mapping", r.Mapping.Name}, {"mapping.digest", r.Mapping.Digest.String()}}}
	}
	for _, result := range r.Cases {
		suite.Cases = append(suite.Cases, result.junit())
	}
	out, err := xml.MarshalIndent(suite, "", "  ")
	if err != nil {
		return fmt.Errorf("write the report as JUnit: %w", err)
	}
	if _, err := fmt.Fprintf(w, "%s%s\n", xml.Header, out); err != nil {
		return fmt.Errorf("write the report as JUnit: %w", err)
	}
	return nil
}

func (r Result) junit() junitCase {
	_, name, _ := strings.Cut(r.ID, "/")
	c := junitCase{Class: "conformance." + string(r.Level), Name: name, Time: fmt.Sprintf("%.3f", r.Took.Seconds())}
	switch r.Outcome {
	case Fail:
		c.Failure = &junitMessage{Message: "expected " + r.Failure.Expected, Text: r.explain("")}
	case NotOffered:
		c.Skipped = &junitMessage{Message: "not offered: needs " + string(r.Needs)}
	}
	return c
}
