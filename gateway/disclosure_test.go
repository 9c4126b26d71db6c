package gateway_test

import (
	"crypto/md5"
	"crypto/sha256"
	"encoding/base64"
	"strings"
	"testing"

	"github.com/google/uuid"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/filing"
	"github.com/ftagateway/ftagateway/gateway"
	"github.com/ftagateway/ftagateway/gateway/gatewaytest"
	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/model"
)

// hashed is a uuid that somebody made of a value, to find it again.
func hashed(s string) string {
	sum := md5.Sum([]byte(s))
	id := uuid.UUID(sum)
	id[6], id[8] = id[6]&0x0f|0x40, id[8]&0x3f|0x80
	return id.URN()
}

// leaks are records that keep their schema and every rule, and tell something all the same.
var leaks = map[string]struct {
	leak    func(*model.Record, *model.EntrySummary)
	pointer string
	secret  func(*model.EntrySummary) string
}{
	"a hash of the entry number as a lookup": {func(r *model.Record, s *model.EntrySummary) {
		sum := sha256.Sum256([]byte(s.EntryNumber))
		r.Lookups = append(r.Lookups, "u"+base64.RawURLEncoding.EncodeToString(sum[:]))
	}, "/record/lookups/1", number},
	"a hash of an EIN as evidence": {func(r *model.Record, s *model.EntrySummary) {
		r.Evidence = append(r.Evidence, model.Evidence{ID: model.NewID(), Digest: ld.Sum([]byte(ein(s))), MediaType: "application/pdf"})
	}, "/record/evidence/1/digest", ein},
	"an id made of the entry number": {func(r *model.Record, s *model.EntrySummary) {
		r.Evidence = append(r.Evidence, model.Evidence{ID: hashed(s.EntryNumber), Digest: ld.Sum([]byte("x")), MediaType: "application/pdf"})
	}, "/record/evidence/1/id", number},
	"the entry number for a digest": {func(r *model.Record, s *model.EntrySummary) {
		var d ld.Digest
		copy(d[:], s.EntryNumber)
		r.Evidence = append(r.Evidence, model.Evidence{ID: model.NewID(), Digest: d, MediaType: "application/pdf"})
	}, "/record/evidence/1/digest", number},
}

func number(s *model.EntrySummary) string { return s.EntryNumber }
func ein(s *model.EntrySummary) string    { return s.ImporterOfRecord.Identifiers[0].Code }

// leaking is a submission whose record was signed with the leak in it.
func leaking(w *gatewaytest.World, leak func(*model.Record, *model.EntrySummary)) (gateway.Submission, *model.EntrySummary, error) {
	s := unclaimed()
	made := w.Make(w.Importer, "trade", s, filing.Filing{})
	r := made.Record.Record
	r.Proof = nil
	leak(&r, s)
	signed, err := model.SignRecord(r, w.Importer.Issuer)
	if err != nil {
		return gateway.Submission{}, nil, err
	}
	made.Record = signed
	return made.Submission(), s, nil
}

// unreached is a chain that was not reached yet, where that is set: it has no name, and every call fails.
type unreached struct {
	*gatewaytest.Bent
	yet *bool
}

func (u unreached) Describe() driver.Description {
	d := u.Ledger.Describe()
	if *u.yet {
		d.URI = ""
	}
	return d
}

// While the document is at hand, what it says is looked for in what would be written. That is so also where the ledger
// cannot be reached: the submission would be kept, and written later without the document.
func TestASubmissionThatLeaksIsRefused(t *testing.T) {
	for name, c := range leaks {
		for _, down := range []bool{false, true} {
			t.Run(name, func(t *testing.T) {
				b, yet := &gatewaytest.Bent{}, false
				w := gatewaytest.New(t, gatewaytest.Options{Wrap: func(slug string, chain driver.Ledger) driver.Ledger {
					if slug != "trade" {
						return chain
					}
					b.Ledger = chain
					return unreached{b, &yet}
				}})
				submission, s, err := leaking(w, c.leak)
				if err != nil {
					t.Fatal(err)
				}
				if yet = down; down {
					b.Fail(driver.Errorf(driver.Unavailable, "down"))
				}
				_, err = w.Gateway.Submit(w.Context(), "trade", submission)
				p := problemOf(t, err, gateway.BadInput)
				if len(p.Faults) == 0 || p.Faults[0].Pointer != c.pointer || p.Retryable() {
					t.Errorf("%v, want a fault at %s", p, c.pointer)
				}
				if strings.Contains(err.Error(), c.secret(s)) {
					t.Errorf("the refusal repeats the secret: %v", err)
				}
				if w.Count("trade") > 0 {
					t.Errorf("%d versions stand", w.Count("trade"))
				}
			})
		}
	}
}

// Without the document only what tells by its form is found; the receipt says that the document was not there.
func TestWithoutTheDocumentWhatReadsAsTextIsFound(t *testing.T) {
	w, _ := bent(t, gatewaytest.Options{})
	submission, _, err := leaking(w, leaks["the entry number for a digest"].leak)
	if err != nil {
		t.Fatal(err)
	}
	submission.Document = nil
	_, err = w.Gateway.Submit(w.Context(), "trade", submission)
	if p := problemOf(t, err, gateway.BadInput); p.Faults[0].Pointer != "/record/evidence/1/digest" || w.Count("trade") > 0 {
		t.Errorf("%v, and %d versions", p, w.Count("trade"))
	}
}
