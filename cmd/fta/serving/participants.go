package serving

import (
	"errors"
	"io/fs"

	"github.com/ftagateway/ftagateway/gateway"
	"github.com/ftagateway/ftagateway/schemas"
	"github.com/ftagateway/ftagateway/trust"
)

// participants loads who is who. A folder that is not there is a mistake in the configuration; documents that are not
// trusted are said in the log, and keep nobody else from being trusted.
func (g *Gateway) participants(parts *gateway.Config) error {
	c := g.config.Participants
	var err error
	parts.Participants, err = trust.LoadParticipants(c.Folder, trust.Issuers{Any: c.Issuers})
	if c.Folder == "" {
		g.log.Warn("no participants are configured: nobody is known here. No record of ours can be valid, and of a ledger of another shape only what does not require authority")
		return nil
	}
	var unreadable *fs.PathError
	if errors.As(err, &unreadable) && unreadable.Path == c.Folder {
		return g.config.Wrong("participants.folder", unreadable)
	}
	for _, fault := range each(err) {
		g.distrust(fault)
	}
	return nil
}

// distrust says which document is not trusted, and which of its members break which rule. What stands in it, and whose
// it is, is not for a log: fta verify --document tells that.
func (g *Gateway) distrust(fault error) {
	var file *trust.FileFault
	if !errors.As(fault, &file) {
		g.log.Warn("two participants claim the same filer code: the document issued last counts")
		return
	}
	var faults schemas.Faults
	errors.As(fault, &faults)
	var rules []string
	for _, f := range faults {
		rules = append(rules, f.Pointer+": "+f.Rule)
	}
	g.log.Warn("a participant is not trusted, or not in all its roles; fta verify --document tells why", "file", file.File, "faults", rules)
}

// each answers the errors that were joined.
func each(err error) []error {
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		return joined.Unwrap()
	}
	if err != nil {
		return []error{err}
	}
	return nil
}
