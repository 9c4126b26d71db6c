package main

import (
	_ "embed"
	"os"
	"strings"
	"text/template"
	"time"
)

//go:embed report.md.tmpl
var reportText string

var reportForm = template.Must(template.New("report").Parse(reportText))

// report is what docs/benchmarks.md is made of.
type report struct {
	Date    string
	Table   string
	Machine machine
	Options options
	Records int
}

func (b *bench) report(began time.Time, on machine) report {
	return report{
		Date: began.UTC().Format(time.DateOnly), Table: strings.TrimSpace(table(b.rows)), Machine: on, Options: b.options,
		Records: len(b.scene.Records),
	}
}

func (r report) save(file string) error {
	var text strings.Builder
	if err := reportForm.Execute(&text, r); err != nil {
		return err
	}
	return os.WriteFile(file, []byte(text.String()), 0o644)
}
