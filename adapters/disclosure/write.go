package disclosure

import (
	"bytes"
	"slices"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/schemas"
)

// write judges all that a driver may write: the body, the key, the lookups, and the caller's name for the write.
func (x *inspection) write(w *driver.Write) {
	body := x.body(w.Body)
	if x.rules.record && body != nil {
		x.record(body)
	}
	x.key(w.Key)
	for _, l := range w.Lookups {
		x.lookup(l)
	}
	if what := x.what(w.IdempotencyKey); what != "" && what != freeText {
		x.faults.Add("/idempotencyKey", nil, "must tell nothing: here stands "+what, source)
	}
}

// record holds a body that is the record itself against the record's closed schema.
func (x *inspection) record(body ld.Object) {
	for _, f := range schemas.Validate("Record", body) {
		known := slices.ContainsFunc(x.faults, func(have schemas.Fault) bool { return have.Pointer == f.Pointer })
		if !known {
			x.faults.Add(f.Pointer, nil, f.Rule, f.Source)
		}
	}
}

// key wants the key to be the record's id, in whatever spelling; or, on a ledger that has keys of its own, a listed value
// of the body.
func (x *inspection) key(key string) {
	ids := x.said["/id"]
	switch {
	case slices.Contains(ids, key) || slices.Contains(x.said[listedValue], key):
	case !x.rules.record && key != "" && spells(key, ids, "uuid"):
	default:
		at := "/key"
		if x.rules.record {
			at = "/id"
		}
		rule := "must be the key that the body is written under"
		if what := x.what(key); what != "" {
			rule += "; that is " + what
		}
		x.faults.Add(at, nil, rule, source)
	}
}

// lookup wants what the ledger is to find a body by to stand in that body: a driver may write it to the chain too.
func (x *inspection) lookup(l driver.Lookup) {
	rule := "must be a commitment or a linked id that the body holds"
	switch {
	case l.Value == "":
	case spells(l.Value, x.said["/lookups/*"], "commitment"), spells(l.Value, x.said["/links/*/id"], "recordId"),
		slices.Contains(x.said[listedValue], l.Value):
		if what := x.what(l.Name); what == "" {
			return
		}
		rule = "must have a name that tells nothing"
	default:
		if what := x.what(l.Value); what != "" {
			rule += "; here stands " + what
		}
	}
	x.faults.Add("/lookups", nil, rule, source)
}

// spells reports whether a text stands for the same bytes as one of several others.
func spells(s string, others []string, form string) bool {
	if slices.Contains(others, s) {
		return true
	}
	means := opaques[form].read(s)
	return slices.ContainsFunc(others, func(other string) bool {
		return slices.ContainsFunc(opaques[form].read(other), func(b []byte) bool {
			return slices.ContainsFunc(means, func(m []byte) bool { return bytes.Equal(m, b) })
		})
	})
}
