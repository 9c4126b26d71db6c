package model

import (
	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/schemas"
)

// check holds a record against the rules that its schema cannot say. A rule is silent about what is not there: that is
// the schema's to say.
func (r *Record) check() schemas.Faults {
	var fs schemas.Faults
	switch {
	case r.Version == 1 && r.Previous != nil:
		fs.Add("/previous", r.Previous.String(), "must be absent in version 1", sourceVersions)
	case r.Version > 1 && r.Previous == nil:
		fs.Add("/previous", nil, "must be present from version 2 on: the digest of the whole prior record", sourceVersions)
	}
	if first := r.firstEvidence(); !first.IsZero() && !r.Digest.IsZero() && first != r.Digest {
		fs.Add("/evidence/0/digest", first.String(), "must equal /digest: the first evidence is the document itself", sourceRecord)
	}
	fs.Append(r.checkRelations())
	fs.Append(r.checkTwice())
	fs.Append(proofKey(r.Issuer, r.Proof))
	return fs
}

func (r *Record) firstEvidence() ld.Digest {
	if len(r.Evidence) == 0 {
		return ld.Digest{}
	}
	return r.Evidence[0].Digest
}

// relations are which links a type of record has: an entry summary to certificates, a disposition to its entry.
var relations = map[string]string{TypeEntrySummary: RelCertificate, TypeEntryDisposition: RelEntry}

func (r *Record) checkRelations() schemas.Faults {
	var fs schemas.Faults
	for i, l := range r.Links {
		if l.Rel != "" && r.Type != "" && l.Rel != relations[r.Type] {
			fs.Add(schemas.Pointer("/links", i, "rel"), l.Rel, "must be a relation that a record of "+r.Type+" has", sourceRecord)
		}
	}
	if r.Type == TypeEntryDisposition && len(r.Links) != 1 {
		fs.Add("/links", len(r.Links), "must be exactly one, to the entry summary that is decided about", sourceRecord)
	}
	return fs
}

// checkTwice finds links and evidence that are listed twice: which of two digests would count?
func (r *Record) checkTwice() schemas.Faults {
	var fs schemas.Faults
	links := map[string]bool{}
	for i, l := range r.Links {
		if name := l.Rel + " " + l.ID; links[name] && l.ID != "" {
			fs.Add(schemas.Pointer("/links", i, "id"), l.ID, "must not be linked twice in the same relation", sourceRecord)
		} else {
			links[name] = true
		}
	}
	files := map[string]bool{}
	for i, e := range r.Evidence {
		if files[e.ID] && e.ID != "" {
			fs.Add(schemas.Pointer("/evidence", i, "id"), e.ID, "must not be listed twice", sourceRecord)
		}
		files[e.ID] = true
	}
	return fs
}

// CheckNext holds a version of a record against the one before it: the same thing on the same ledger, one version on,
// pinned by digest. Whether the event may follow is the life cycle's to say.
func CheckNext(prev, next *Parsed) schemas.Faults {
	var fs schemas.Faults
	same := func(pointer, before, now string) {
		if before != now {
			fs.Add(pointer, now, "must stay as in the version before: "+before, sourceVersions)
		}
	}
	same("/id", prev.ID, next.ID)
	same("/type", prev.Type, next.Type)
	same("/ledger", prev.Ledger, next.Ledger)
	if next.Version != prev.Version+1 {
		fs.Add("/version", next.Version, "must be one above the version before", sourceVersions)
	}
	switch {
	case next.Previous == nil:
		fs.Add("/previous", nil, "must be the digest of the version before: "+prev.Digest.String(), sourceVersions)
	case *next.Previous != prev.Digest:
		fs.Add("/previous", next.Previous.String(), "must be the digest of the version before: "+prev.Digest.String(), sourceVersions)
	}
	return fs
}
