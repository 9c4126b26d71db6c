package translate

import (
	"fmt"
	"io"
	"io/fs"
	"path"

	"github.com/ftagateway/ftagateway/translate/shape"
	"github.com/ftagateway/ftagateway/translate/source"
)

const kindRecord = shape.TypeRecord

// Options are what a ledger's configuration says about its mapping.
type Options struct {
	// Policy is who can read the ledger. The zero Policy asks nothing: for a mapping that no ledger is written by.
	Policy Policy
	// ReadOnly says that nothing is ever written by the mapping, as if the file said "direction: read".
	ReadOnly bool
	// Keys turn the ledger's own keys into ids. Needed by a mapping with "key: foreign", and by no other.
	Keys *Keys
}

// layout is what a mapping file says, compiled.
type layout struct {
	compiled *shape.Shape
	readOnly bool
	search   *search // nil: entries are not found by number
	examples []example
	samples  fs.FS
	keys     *Keys  // nil: none were given
	base     string // of the files of examples, in samples
}

// Load reads a mapping file. Files of examples are looked for beside it, in the same fsys, and read by Test only. The
// error holds source.Refusals where the file itself is wrong: each with its line, the rule and the nearest right word.
func Load(fsys fs.FS, name string, o Options) (*Mapping, error) {
	data, err := readFile(fsys, name, source.MaxBytes)
	if err != nil {
		return nil, fmt.Errorf("mapping: %w", err)
	}
	return parse(path.Base(name), data, o, fsys, path.Dir(name))
}

// Parse reads a mapping file from its bytes. Its examples must stand in it.
func Parse(file string, data []byte, o Options) (*Mapping, error) {
	return parse(file, data, o, nil, "")
}

func parse(file string, data []byte, o Options, fsys fs.FS, base string) (*Mapping, error) {
	top, err := source.Parse(file, data)
	if err != nil {
		return nil, err
	}
	l := loader{file: file, top: top, options: o}
	m, err := l.mapping()
	if err != nil {
		return nil, err
	}
	m.lays.samples, m.lays.base = fsys, base
	return m, nil
}

// readFile reads a file of at most so many bytes.
func readFile(fsys fs.FS, name string, most int) ([]byte, error) {
	if fsys == nil {
		return nil, fmt.Errorf("file %q: there is no folder to look in", name)
	}
	f, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	data, err := io.ReadAll(io.LimitReader(f, int64(most)+1))
	if err == nil && len(data) > most {
		err = fmt.Errorf("file %q: must be at most %d bytes", name, most)
	}
	return data, err
}
