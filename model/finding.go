package model

import (
	"strconv"

	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/model/lifecycle"
	"github.com/ftagateway/ftagateway/schemas"
)

// Finding is something that a person has to weigh. It never changes an outcome: what is plainly wrong is a fault.
type Finding struct {
	Code     string             `json:"code"`
	Pointer  string             `json:"pointer"` // within the entry summary
	Severity lifecycle.Severity `json:"severity"`
	Detail   string             `json:"detail"` // names dates and versions; not for a log
}

// The findings about a line and its certificate.
const (
	// SignedAfterClaim: the certificate was signed after the date of entry, but the importer must have it when claiming
	// (19 CFR 181.21, 182.11, 10.584(a)(2)).
	SignedAfterClaim = "certificate-signed-after-claim"
	// DigestNotExpected: the certificate that came is not the one that was signed when the entry was filed.
	DigestNotExpected = "certificate-digest-not-expected"
	// LinkSuperseded: the certificate has a newer version than the one that the line pins.
	LinkSuperseded = "link-superseded"
	// CertificateLapses: the certificate can soon support no further claim.
	CertificateLapses = "certificate-lapses"
	// CertificateLapsed: it no longer can.
	CertificateLapsed = "certificate-lapsed"
	// CertificateWithoutClaim: a line names a certificate and claims no preference.
	CertificateWithoutClaim = "certificate-without-claim"
	// CertificateAwaited: the expected certificate is not recorded yet.
	CertificateAwaited = "certificate-awaited"
)

// lapseNotice is how many days before its last use a certificate is said to lapse.
const lapseNotice = 30

// Linked is what stands at the end of a line's link to its certificate, or at the id that is reserved for it. The zero
// value says that nothing stands there.
type Linked struct {
	Certificate *CertificateOfOrigin // nil where the document is not at hand
	Digest      ld.Digest            // of the document, as the record states it
	Version     uint64               // of the record that was found; 0 if there is none
	Newest      uint64               // version of that record
}

// Findings says what a person has to weigh about a line of a summary and its certificate, on a day. It never takes the
// place of Covers.
func Findings(sum *EntrySummary, line *Line, found Linked, today Date) []Finding {
	f := finder{at: sum.pointer(line)}
	f.link(line, found)
	if cert := found.Certificate; cert != nil {
		f.signature(sum, cert)
		f.lapse(cert, today)
	}
	return f.found
}

type finder struct {
	at    string
	found []Finding
}

func (f *finder) add(code, member string, severity lifecycle.Severity, detail string) {
	f.found = append(f.found, Finding{code, schemas.Pointer(f.at, member), severity, detail})
}

func (f *finder) link(line *Line, found Linked) {
	if pin := line.Certificate; pin != nil {
		if line.SPI == "" {
			f.add(CertificateWithoutClaim, "certificate", lifecycle.Info, "the line claims no preference")
		}
		if found.Newest > pin.Version {
			f.add(LinkSuperseded, "certificate", lifecycle.Warning,
				"the line pins version "+version(pin.Version)+", the newest is "+version(found.Newest))
		}
	}
	if e := line.CertificateExpected; e != nil {
		f.expected(e, found)
	}
}

func (f *finder) expected(e *CertificateExpected, found Linked) {
	switch {
	case found.Version == 0:
		f.add(CertificateAwaited, "certificateExpected", lifecycle.Info, "no record stands under the id reserved for it")
	case e.Digest != nil && *e.Digest != found.Digest:
		f.add(DigestNotExpected, "certificateExpected", lifecycle.Warning,
			"the certificate has digest "+found.Digest.String()+", "+e.Digest.String()+" was expected")
	}
}

func (f *finder) signature(sum *EntrySummary, cert *CertificateOfOrigin) {
	if cert.SignedOn.After(sum.EntryDate) && !sum.EntryDate.IsZero() {
		f.add(SignedAfterClaim, "spi", lifecycle.Warning,
			"the certificate was signed on "+cert.SignedOn.String()+", the date of entry is "+sum.EntryDate.String())
	}
}

func (f *finder) lapse(cert *CertificateOfOrigin, today Date) {
	last := cert.LastUse()
	switch {
	case last.IsZero():
	case today.After(last):
		f.add(CertificateLapsed, "certificate", lifecycle.Info, "goods imported after "+last.String()+" need another certificate")
	case today.DaysUntil(last) < lapseNotice:
		f.add(CertificateLapses, "certificate", lifecycle.Info, "goods imported after "+last.String()+" will need another certificate")
	}
}

func version(n uint64) string { return strconv.FormatUint(n, 10) }
