package trust

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/trust/proof"
)

// Issuers says whose Participant documents are trusted. They come from configuration.
type Issuers struct {
	Any    []string            // did:keys that may vouch for every role
	ByRole map[string][]string // did:keys that may vouch for one role of package model beside them
}

// FileFault is why a file of the folder is not trusted.
type FileFault struct {
	File string
	Err  error
}

// Error names the file and why.
func (f *FileFault) Error() string { return f.File + ": " + f.Err.Error() }

// Unwrap gives why.
func (f *FileFault) Unwrap() error { return f.Err }

func (i Issuers) clone() Issuers {
	return Issuers{slices.Clone(i.Any), maps.Clone(i.ByRole)}
}

func (i Issuers) vouch(issuer, role string) bool {
	return slices.Contains(i.Any, issuer) || slices.Contains(i.ByRole[role], issuer)
}

// read answers the participants of a folder that are trusted, and a fault for each file that is not. Files whose names
// begin with a dot are passed over: that is how mounted configuration keeps its older states.
func (i Issuers) read(dir string) (all []*Participant, faults []error, err error) {
	files, err := os.ReadDir(dir)
	if err != nil {
		return nil, nil, err
	}
	for _, f := range files {
		if strings.HasPrefix(f.Name(), ".") || filepath.Ext(f.Name()) != ".json" {
			continue
		}
		p, err := i.readFile(filepath.Join(dir, f.Name()))
		if err != nil {
			faults = append(faults, &FileFault{f.Name(), err})
		}
		if p != nil {
			all = append(all, p)
		}
	}
	return all, faults, nil
}

// readFile answers a trusted participant; with an error too where it is trusted for some of its roles only.
func (i Issuers) readFile(name string) (*Participant, error) {
	data, err := readBounded(name, model.DocumentLimits.Bytes)
	if err != nil {
		return nil, err
	}
	d, err := model.ParseDocument(data)
	if err != nil {
		return nil, err
	}
	subject, ok := d.Subject.(*model.Participant)
	if !ok {
		return nil, fmt.Errorf("is a document of type %s, must be Participant", d.Type)
	}
	if err := errors.Join(d.Check().Err(), i.reject(d, subject)); err != nil {
		return nil, err
	}
	return i.admit(d, subject)
}

func readBounded(name string, limit int) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	if info, err := f.Stat(); err != nil || !info.Mode().IsRegular() {
		return nil, errors.Join(err, fs.ErrInvalid)
	}
	return io.ReadAll(io.LimitReader(f, int64(limit)+1)) // one above, so that ParseDocument refuses it by its size
}

// reject says everything for which a document is not trusted at all.
func (i Issuers) reject(d *model.Document, subject *model.Participant) error {
	var faults []error
	if signed, err := proof.Verify(d.Object, proof.AssertionMethod); err != nil {
		faults = append(faults, fmt.Errorf("proof: %w", err))
	} else if signed.Key != d.Issuer {
		faults = append(faults, fmt.Errorf("proof is by %s, and the issuer is %s", signed.Key, d.Issuer))
	}
	if slices.ContainsFunc(subject.Keys, func(k model.ParticipantKey) bool { return k.ID == d.Issuer }) {
		faults = append(faults, errors.New("is issued by one of its own keys: nobody vouches for himself"))
	}
	if slices.ContainsFunc(subject.Accounts, func(a model.Account) bool { return a.ID == d.Issuer }) {
		faults = append(faults, errors.New("is issued by one of its own accounts: nobody vouches for himself"))
	}
	return errors.Join(faults...)
}

// admit keeps the roles that the issuer is trusted for.
func (i Issuers) admit(d *model.Document, subject *model.Participant) (*Participant, error) {
	lookups, err := lookupKeys(subject.Keys)
	if err != nil {
		return nil, err
	}
	p := &Participant{Participant: *subject, Issuer: d.Issuer, Issued: d.ValidFrom, Digest: d.Digest, lookups: lookups}
	p.Roles = nil
	var faults []error
	for _, r := range subject.Roles {
		if i.vouch(d.Issuer, r.Role) {
			p.Roles = append(p.Roles, r)
			continue
		}
		faults = append(faults, fmt.Errorf("issuer %s is not trusted for role %s", d.Issuer, r.Role))
	}
	if len(p.Roles) == 0 {
		p = nil
	}
	return p, errors.Join(faults...)
}
