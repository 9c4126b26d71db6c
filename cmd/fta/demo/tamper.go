package demo

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/model"
)

// lieAbout has the dishonest node take back the correction of one entry, and alter what another was filed with.
func (d *Demo) lieAbout(rolledBack, altered *model.Parsed) error {
	record := altered.Record
	record.Digest = ld.Sum([]byte("another document"))
	record.Evidence = []model.Evidence{{ID: altered.Evidence[0].ID, Digest: record.Digest, MediaType: altered.Evidence[0].MediaType}}
	forged, err := json.Marshal(record)
	if err != nil {
		return err
	}
	d.state.Lies[rolledBack.ID] = lie{Record: rolledBack.Bytes}
	d.state.Lies[altered.ID] = lie{Record: forged}
	for id, as := range d.state.Lies {
		d.liar.tell(id, as)
	}
	return d.state.save()
}

// tamper alters the NAFTA certificate's document on the disk of the exporter's evidence server, behind the server's back.
func (d *Demo) tamper(context.Context) error {
	if d.state.Done {
		return nil
	}
	if err := d.alter(d.path("evidence-"+exporter), "Sawn spruce lumber", "Sawn walnut lumber"); err != nil {
		return err
	}
	d.state.Done = true
	return d.state.save()
}

// alter replaces text by text of the same length in the first file below dir that holds it. Where a run that was killed
// has done so, nothing is left to do.
func (d *Demo) alter(dir, old, by string) error {
	file, data, err := holding(dir, old)
	if err != nil {
		return err
	}
	if file != "" {
		return d.substitute(file, bytes.Replace(data, []byte(old), []byte(by), 1))
	}
	if file, _, err = holding(dir, by); file == "" && err == nil {
		err = fmt.Errorf("no file below %s holds %q", dir, old)
	}
	return err
}

// substitute puts a file in the place of another at once.
func (d *Demo) substitute(file string, data []byte) error {
	altered := d.path("altered.new")
	if err := os.WriteFile(altered, data, 0o600); err != nil {
		return err
	}
	return os.Rename(altered, file)
}

// holding finds a file below dir that holds a text.
func holding(dir, text string) (file string, data []byte, err error) {
	err = filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		if err != nil || !bytes.Contains(content, []byte(text)) {
			return err
		}
		file, data = path, content
		return fs.SkipAll
	})
	return file, data, err
}
