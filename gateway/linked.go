package gateway

import (
	"context"
	"slices"

	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/model/lifecycle"
)

// wanted is a record that belongs to an entry.
type wanted struct {
	id   string
	rel  string
	from []Member    // the ledgers that can show it
	pin  *model.Link // the summary's link, with the version that it saw where it pins one
	// uncounted says that the record is listed, and that nothing stands on it.
	uncounted bool
}

// absence is a record that the summary names and no ledger shows.
type absence struct {
	id     string
	reason string
}

// links lists what a summary's record links to.
func (f *file) links(summary *judged) []wanted {
	s := summary.says()
	if s == nil {
		return nil
	}
	var all []wanted
	for _, l := range s.Links {
		all = append(all, wanted{id: l.ID, rel: l.Rel, from: f.named(l.Ledger), pin: &l})
	}
	return all
}

// named lists the ledgers that can show what stands on a chain; all of them where a derived link does not name one.
func (f *file) named(uri string) []Member {
	if uri == "" {
		return f.Members
	}
	return f.speaking(uri)
}

// fetch reads one wanted record, with its document, from every ledger that can show it.
func (f *file) fetch(ctx context.Context, w wanted) []asked[*judged] {
	return everywhere(ctx, w.from, func(ctx context.Context, m Member) (*judged, error) {
		return f.fetchOne(ctx, m, w)
	})
}

// shown lists what the ledgers showed, and names those that could not be asked. Whoever may write to a ledger can have
// records looked for that do not count: what becomes of those says nothing.
func (f *file) shown(w wanted, answers []asked[*judged]) []*judged {
	var found []*judged
	for _, a := range answers {
		switch {
		case a.err == nil:
			found = append(found, a.value)
		case !w.uncounted:
			f.noteOutage(a.Member, a.err)
		}
	}
	return found
}

// fetchOne reads the newest version; where the summary pins an older one, that one counts and the newer is a finding.
func (f *file) fetchOne(ctx context.Context, m Member, w wanted) (*judged, error) {
	j, err := f.newest(ctx, m, w)
	if err != nil {
		return nil, err
	}
	if w.pin != nil && w.pin.Version > 0 && version(j.reading) > w.pin.Version {
		if j, err = f.older(ctx, m, j, w.pin.Version); err != nil {
			return nil, err
		}
	}
	if w.contradicts(j) {
		j.find(codeDigest, "/digest", lifecycle.Warning, "the linked document has another digest than the entry summary pinned")
	}
	f.attach(ctx, j, f.options.Documents && !w.uncounted)
	return j, nil
}

// contradicts reports whether the summary pinned another digest than a record's.
func (w wanted) contradicts(j *judged) bool {
	return w.pin != nil && !w.pin.Digest.IsZero() && j.says() != nil && j.says().Document != w.pin.Digest
}

func (f *file) older(ctx context.Context, m Member, newest *judged, v uint64) (*judged, error) {
	j, err := f.read(ctx, m, newest.reading.ID, v, false)
	if err != nil {
		return nil, err
	}
	j.newest = version(newest.reading)
	return j, nil
}

// take sorts what was fetched: one reading counts, the others are listed. What nobody shows is an absence.
func (f *file) take(w wanted, answers []asked[*judged]) {
	found := f.shown(w, answers)
	if w.uncounted {
		f.others = append(f.others, found...)
		return
	}
	chosen, others := f.best(found)
	f.others = append(f.others, others...)
	switch {
	case chosen == nil && len(w.from) == 0:
		f.absent = append(f.absent, absence{w.id, "is on a ledger that is not connected here"})
	case chosen == nil && w.pin != nil:
		f.absent = append(f.absent, absence{w.id, "could not be read from its ledger"})
	case chosen != nil && !f.holds(chosen):
		f.linked = append(f.linked, chosen)
	}
}

// holds reports whether a record counts already: it may be linked to and from, and be shown by two nodes of one chain.
func (f *file) holds(j *judged) bool {
	for i, have := range f.linked {
		if have.reading.ID != j.reading.ID {
			continue
		}
		if better(j, have) {
			f.linked[i], j = j, have
		}
		f.others = append(f.others, j)
		return true
	}
	return false
}

// expected looks for the certificates that the document names and that were not recorded when it was signed. They may
// come on any ledger.
func (f *file) expected(ctx context.Context) {
	summary, ok := subject[*model.EntrySummary](f.summary)
	if !ok {
		return
	}
	var done []string
	var all []sought
	for _, line := range summary.Lines {
		e := line.CertificateExpected
		if e == nil || slices.Contains(done, e.ID) {
			continue
		}
		done = append(done, e.ID)
		all = append(all, f.seek(ctx, wanted{id: e.ID, rel: model.RelCertificate, from: f.Members}))
	}
	for _, s := range all {
		f.take(s.wanted, s.found())
	}
}

// subject gives what a judged record's document says, where it is of that type and was fetched, or where the ledger itself
// holds it.
func subject[T model.Subject](j *judged) (T, bool) {
	var none T
	switch {
	case j == nil:
		return none, false
	case j.document != nil:
		s, ok := j.document.Subject.(T)
		return s, ok
	case j.says() == nil:
		return none, false
	}
	s, ok := j.says().Subject.(T)
	return s, ok
}

// find notes something that a person must decide about a record.
func (j *judged) find(code, pointer string, severity lifecycle.Severity, detail string) {
	j.findings = append(j.findings, model.Finding{Code: code, Pointer: pointer, Severity: severity, Detail: detail})
}
