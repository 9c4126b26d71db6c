package demo

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/ftagateway/ftagateway/model"
)

// state is what a demonstration remembers between runs, beside what its ledgers and servers keep.
type state struct {
	file string
	// Addresses are host:port by the name of what listens there. They stay, because an evidence server's address stands
	// in the capabilities for it.
	Addresses map[string]string `json:"addresses"`
	// Collections are the names of the parties' evidence collections.
	Collections map[string]string `json:"collections"`
	// Records are the ids of what stands on the ledgers, by a name of the demonstration's own.
	Records map[string]string `json:"records"`
	// Reserved are record ids that an entry expects a certificate under, by the name of the certificate.
	Reserved map[string]string `json:"reserved"`
	// Lies are records as the dishonest node shows them, by record id.
	Lies map[string]lie `json:"lies"`
	// Done says that the data set is complete.
	Done bool `json:"done"`
}

func readState(file string) (*state, error) {
	s := &state{file: file, Addresses: map[string]string{}, Collections: map[string]string{}, Records: map[string]string{},
		Reserved: map[string]string{}, Lies: map[string]lie{}}
	data, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return s, nil
	}
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(data, s); err != nil {
		return nil, fmt.Errorf("%s: %w (begin anew with --fresh)", file, err)
	}
	return s, nil
}

// reserve gives the record id that is reserved for a certificate, always the same.
func (s *state) reserve(name string) (string, error) {
	if s.Reserved[name] == "" {
		s.Reserved[name] = model.NewID()
	}
	return s.Reserved[name], s.save()
}

// save writes the state in place of the earlier one, whole or not at all.
func (s *state) save() error {
	data, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		return err
	}
	return put(s.file, data)
}
