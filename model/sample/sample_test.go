package sample_test

import (
	"fmt"
	"testing"

	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/model/sample"
	"github.com/ftagateway/ftagateway/trust/did"
	"github.com/ftagateway/ftagateway/trust/key"
	"github.com/ftagateway/ftagateway/trust/proof"
)

// Every sample keeps its schema and all rules, and carries a proof of either suite.
func TestSamplesAreRight(t *testing.T) {
	for name, subject := range subjects(t) {
		for _, suite := range []string{proof.JCS2022, proof.RDFC2022} {
			t.Run(name+"/"+suite, func(t *testing.T) { isRight(t, subject, suite) })
		}
	}
}

func isRight(t *testing.T, subject model.Subject, suite string) {
	doc := signed(t, subject, suite)
	if err := doc.Check().Err(); err != nil {
		t.Errorf("breaks rules:\n%v", err)
	}
	sig, err := proof.Verify(doc.Object, proof.AssertionMethod)
	if err != nil {
		t.Fatalf("its proof: %v", err)
	}
	if sig.Key != doc.Issuer || sig.Suite != suite {
		t.Errorf("signed by %s with %s, want %s with %s", sig.Key, sig.Suite, doc.Issuer, suite)
	}
}

// A certificate covers the lines that claim preference under its agreement.
func TestSampleCertificatesCoverTheirLines(t *testing.T) {
	for _, a := range sample.Agreements {
		cert, sum := sample.Certificate(a), sample.Summary(a, pin(t))
		for i := range sum.Lines {
			if l := &sum.Lines[i]; l.ClaimsUnder() == a {
				if err := model.Covers(cert, sum, l).Err(); err != nil {
					t.Errorf("%s, line %d:\n%v", a, l.Number, err)
				}
			}
		}
	}
}

func TestTheTimberCertificateCoversItsLine(t *testing.T) {
	sum := sample.TimberSummary(pin(t))
	if err := model.Covers(sample.TimberCertificate(), sum, &sum.Lines[0]).Err(); err != nil {
		t.Error(err)
	}
}

func TestEntryNumbersOfTheSamples(t *testing.T) {
	for _, number := range []string{sample.EntryNAFTA, sample.EntryUSMCA, sample.EntryUSMCASecond, sample.EntryUSMCAThird, sample.EntryCAFTADR,
		sample.EntryRejected, sample.EntryTimber} {
		if got, err := model.NormalizeEntryNumber(number); got != number || err != nil {
			t.Errorf("%s: %q, %v", number, got, err)
		}
	}
}

func subjects(t *testing.T) map[string]model.Subject {
	all := map[string]model.Subject{
		"second":      sample.SecondSummary(pin(t)),
		"participant": participant(t),

		"summary/timber":     sample.TimberSummary(pin(t)),
		"certificate/timber": sample.TimberCertificate(),
	}
	for _, a := range sample.Agreements {
		all["summary/"+string(a)] = sample.Summary(a, pin(t))
		all["awaiting/"+string(a)] = sample.Awaiting(a, model.CertificateExpected{ID: model.NewID()})
		all["certificate/"+string(a)] = sample.Certificate(a)
	}
	for _, action := range []string{model.ActionAccept, model.ActionReject, model.ActionCancel, model.ActionInactivate,
		model.ActionLiquidate, model.ActionApprove, model.ActionDeny} {
		all["disposition/"+action] = sample.Disposition(action, pin(t))
	}
	return all
}

func participant(t *testing.T) model.Subject {
	signer, err := key.NewSigner()
	if err != nil {
		t.Fatal(err)
	}
	signing, err := key.DID(signer)
	if err != nil {
		t.Fatal(err)
	}
	lookup, err := key.NewLookup()
	if err != nil {
		t.Fatal(err)
	}
	return sample.Participant(sample.Broker(), []model.ParticipantRole{{Role: model.RoleBroker, FilerCode: sample.FilerABC}},
		model.ParticipantKey{ID: signing, Use: model.UseSigning, Ledger: pin(t).Ledger},
		model.ParticipantKey{ID: did.FromX25519(lookup.PublicKey()), Use: model.UseLookup})
}

func signed(t *testing.T, subject model.Subject, suite string) *model.Document {
	t.Helper()
	signer, err := key.NewSigner()
	if err != nil {
		t.Fatal(err)
	}
	at, err := model.ParseInstant("2026-11-20T14:00:00Z")
	if err != nil {
		t.Fatal(err)
	}
	doc, err := model.SignDocument(subject, signer, model.Signing{ValidFrom: at, Suite: suite})
	if err != nil {
		t.Fatalf("signing:\n%v", err)
	}
	return doc
}

func pin(t *testing.T) model.Pin {
	t.Helper()
	return model.Pin{ID: model.NewID(), Ledger: model.NewID(), Version: 1, Digest: ld.Sum([]byte(t.Name()))}
}

func ExampleSummary() {
	cert := model.Pin{ID: model.NewID(), Ledger: model.NewID(), Version: 1, Digest: ld.Sum([]byte("a certificate"))}
	for _, line := range sample.Summary(model.USMCA, cert).Lines {
		fmt.Println(line.Number, line.HTS, line.CountryOfOrigin, line.ClaimsUnder())
	}
	// Output:
	// 1 8544300000 MX USMCA
	// 2 8708305020 MX USMCA
	// 3 8204110060 TW
}
