// Package page writes a conformance report as one HTML file for people: what was offered, what passed, what failed with
// request, answer, expectation and why it matters, what was left on the ledger.
//
// The file holds everything that it shows: no scripts, no fonts, no pictures, nothing that a browser would fetch. What
// comes from the ledger under test is escaped by html/template.
package page

import (
	"bytes"
	_ "embed" // the template
	"fmt"
	"html/template"
	"io"
	"time"

	"github.com/ftagateway/ftagateway/conformance"
)

//go:embed page.html.tmpl
var source string

var layout = template.Must(template.New("page").Parse(source))

// Page is a report with what its JSON does not say.
type Page struct {
	Report *conformance.Report
	Played string // the day of the run, as the page is to say it; "" where nobody said
	// Signer vouches for the report, at Signed; both are zero where nobody does.
	Signer string // did:key
	Signed time.Time
	Digest string // SHA-256 of the JSON report, in hex; "" where none was written
}

// Write writes the page. It is written whole or, on an error of the template, not at all.
func (p Page) Write(w io.Writer) error {
	var out bytes.Buffer
	if err := layout.Execute(&out, view(p)); err != nil {
		return fmt.Errorf("write the report as a page: %w", err)
	}
	if _, err := out.WriteTo(w); err != nil {
		return fmt.Errorf("write the report as a page: %w", err)
	}
	return nil
}
