package demo

import (
	"errors"
	"io/fs"
	"os"

	"github.com/ftagateway/ftagateway/model"
)

// filed is a document that stands on a ledger, or is about to.
type filed struct {
	document *model.Document
	record   *model.Parsed
}

// pin names it as a line or a disposition does.
func (f *filed) pin() model.Pin {
	return model.Pin{ID: f.record.ID, Ledger: f.record.Ledger, Version: f.record.Version, Digest: f.document.Digest}
}

// keep has what was signed on disk before it is sent. A run that is killed then sends the same bytes again, and what was
// filed already is not filed twice. The record comes last: where it is, the document is.
func (d *Demo) keep(name string, f *filed) error {
	if err := os.MkdirAll(d.path("filed"), 0o700); err != nil {
		return err
	}
	if err := put(d.documentFile(name), f.document.Bytes); err != nil {
		return err
	}
	return put(d.recordFile(name), f.record.Bytes)
}

// kept reads what an earlier run signed under a name; nil if none did.
func (d *Demo) kept(name string) (*filed, error) {
	data, err := os.ReadFile(d.recordFile(name))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	record, err := model.ParseRecord(data)
	if err != nil {
		return nil, err
	}
	if data, err = os.ReadFile(d.documentFile(name)); err != nil {
		return nil, err
	}
	document, err := model.ParseDocument(data)
	return &filed{document, record}, err
}

func (d *Demo) documentFile(name string) string { return d.path("filed", name+".document.json") }
func (d *Demo) recordFile(name string) string   { return d.path("filed", name+".record.json") }
