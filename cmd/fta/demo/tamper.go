package demo

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
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
	if err := alterFirst(d.path("evidence-"+exporter), []byte("Sawn spruce lumber"), []byte("Sawn walnut lumber")); err != nil {
		return err
	}
	d.state.Done = true
	return d.state.save()
}

var errAltered = errors.New("altered")

// alterFirst replaces text by text of the same length in the first file below dir that holds it.
func alterFirst(dir string, old, by []byte) error {
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil || !bytes.Contains(data, old) {
			return err
		}
		if err := os.Chmod(path, 0o600); err != nil {
			return err
		}
		if err := os.WriteFile(path, bytes.Replace(data, old, by, 1), 0o600); err != nil {
			return err
		}
		return errAltered
	})
	if errors.Is(err, errAltered) {
		return nil
	}
	if err == nil {
		err = fmt.Errorf("no file below %s holds %q", dir, old)
	}
	return err
}
