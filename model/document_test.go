package model_test

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/model/sample"
	"github.com/ftagateway/ftagateway/trust/proof"
)

func TestDocumentIsReadBackAsItWasSigned(t *testing.T) {
	cert := sample.Certificate(model.CAFTADR)
	doc := sign(t, cert)
	again, err := model.ParseDocument(doc.Bytes)
	if err != nil {
		t.Fatal(err)
	}
	if again.Digest != doc.Digest || again.Issuer != signingKey(t) || again.Type != model.TypeCertificateOfOrigin {
		t.Errorf("read back %+v", again)
	}
	if got := again.Subject.(*model.CertificateOfOrigin).Goods[0].OriginCriterion; got != "TC" {
		t.Errorf("criterion %q", got)
	}
}

// Two documents that say the same have other digests: nobody who guesses a content can tell that it was signed.
func TestSaltIsNewEveryTime(t *testing.T) {
	a, b := sign(t, sample.Certificate(model.USMCA)), sign(t, sample.Certificate(model.USMCA))
	if a.Salt == b.Salt || a.Digest == b.Digest || a.ID == b.ID {
		t.Errorf("salt %s and %s, digest %s and %s", a.Salt, b.Salt, a.Digest, b.Digest)
	}
}

// Whatever is altered after signing, by either suite, no longer verifies.
func TestAlteredDocumentIsNotVerified(t *testing.T) {
	for _, suite := range []string{proof.JCS2022, proof.RDFC2022} {
		doc, err := model.SignDocument(sample.Summary(model.USMCA, pin("certificate")), signer(),
			model.Signing{ValidFrom: instant(t, "2026-11-20T14:00:00Z"), Suite: suite})
		if err != nil {
			t.Fatal(err)
		}
		altered, err := model.ParseDocument(replaced(`"value":"67200"`, `"value":"67201"`)(doc.Bytes))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := proof.Verify(altered.Object, proof.AssertionMethod); err == nil {
			t.Errorf("%s: an altered value verifies", suite)
		}
		if altered.Digest == doc.Digest {
			t.Errorf("%s: an altered value has the same digest", suite)
		}
	}
}

// A document that breaks a rule beyond its schema can still be read: customs must see what was filed.
func TestDocumentThatBreaksARuleIsReadable(t *testing.T) {
	sum := sample.Summary(model.USMCA, pin("certificate"))
	sum.EntryNumber = "ABC20261106"
	doc := sign(t, sum)
	holds(t, doc.Check(), broke{"/credentialSubject/entryNumber", "check digit", "7501"})
}

func TestSubjectAloneIsReadUnderItsSchema(t *testing.T) {
	for _, a := range sample.Agreements {
		plain, err := json.Marshal(sample.Summary(a, pin("certificate")))
		if err != nil {
			t.Fatal(err)
		}
		s, err := model.ParseSubject(model.TypeEntrySummary, plain)
		if err != nil {
			t.Fatal(err)
		}
		again, err := json.Marshal(s)
		if err != nil || string(again) != string(plain) {
			t.Errorf("%s\nwant\n%s\n%v", again, plain, err)
		}
	}
	_, err := model.ParseSubject(model.TypeEntrySummary, []byte(`{"entryNumber":"ABC20261106","note":"x"}`))
	namesFault(t, err, "/note", "not a member")
	namesFault(t, err, "/entryNumber", "check digit")
	_, err = model.ParseSubject("Invoice", []byte(`{}`))
	namesFault(t, err, "", "type of document")
}

func TestLinksOfADocument(t *testing.T) {
	sum := sample.Long(5, pin("a"))
	other := pin("b")
	other.ID = model.NewID()
	sum.Lines[3].Certificate = &other
	want := []model.Link{pin("a").Link(model.RelCertificate), other.Link(model.RelCertificate)}
	if got := sign(t, sum).Links(); fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("%v, want %v", got, want)
	}
	if got := sign(t, sample.Certificate(model.USMCA)).Links(); got != nil {
		t.Errorf("a certificate names %v", got)
	}
}

func ExampleParseDocument() {
	at, _ := model.ParseInstant("2026-11-20T14:00:00Z")
	doc, err := model.SignDocument(sample.Certificate(model.USMCA), signer(), model.Signing{ValidFrom: at})
	if err != nil {
		fmt.Println(err)
		return
	}
	read, err := model.ParseDocument(doc.Bytes)
	if err != nil {
		fmt.Println(err)
		return
	}
	cert := read.Subject.(*model.CertificateOfOrigin)
	fmt.Println(read.Type, cert.Agreement, "for", len(cert.Goods), "goods, last use", cert.LastUse())
	fmt.Println("same digest:", read.Digest == doc.Digest && read.Digest == ld.Sum(doc.Bytes))
	// Output:
	// CertificateOfOrigin USMCA for 2 goods, last use 2026-12-31
	// same digest: true
}
