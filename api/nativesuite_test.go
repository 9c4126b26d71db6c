package api_test

import (
	"context"
	"encoding/base64"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/uuid"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/memory"
	"github.com/ftagateway/ftagateway/conformance"
	"github.com/ftagateway/ftagateway/gateway/gatewaytest"
	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/schemas"
)

const suite = "/v1/ledgers/suite/native/"

// suiteOf is a site with an empty ledger for the conformance suite, and how that is played through the site.
func suiteOf(t *testing.T, writes bool) (*site, conformance.Harness) {
	chain := memory.New(memory.Options{ForTesting: true, PageSize: 10, MaxBody: 64 << 10})
	o := gatewaytest.Options{Also: map[string]driver.Ledger{"suite": chain}, NativeWrites: writes}
	s := newSite(t, options{Options: o})
	another := memory.New(memory.Options{ForTesting: true})
	t.Cleanup(func() { _ = another.Close() })
	open := func(ctx context.Context) (driver.Ledger, error) {
		return driver.Open(ctx, "ledger+"+s.server.URL+suite, driver.Env{})
	}
	return s, conformance.Harness{
		Open: open, Reopen: open, NewKey: recordKey, NewBody: recordBody, Author: chain.Author(),
		Another: func(context.Context) (driver.Ledger, error) { return another, nil },
		Outage: func() (restore func()) {
			s.Stop("suite")
			return func() { s.Start("suite") }
		},
		Anchors: chain.Chain().Anchors, OtherAnchors: another.Chain().Anchors,
	}
}

// What a gateway serves is as good a ledger as the one that it reads: the whole suite is played through it, where it
// takes writes.
func TestALedgerThroughAGatewayConforms(t *testing.T) {
	_, h := suiteOf(t, true)
	report := conformance.Test(t, h, conformance.Options{Seed: 1})
	t.Logf("%+v", report.Summary)
	for _, level := range conformance.Levels() {
		if n := passed(report, level); n == 0 {
			t.Errorf("no case of level %s was played", level)
		}
	}
}

func passed(report *conformance.Report, level conformance.Level) (n int) {
	for _, c := range report.Cases {
		if c.Level == level && c.Outcome == conformance.Pass {
			n++
		}
	}
	return n
}

// Read only, as it is by default, the suite finds nothing wrong and leaves nothing.
func TestAReadOnlyLedgerThroughAGatewayConforms(t *testing.T) {
	s, h := suiteOf(t, false)
	r := rand.New(rand.NewPCG(1, 2))
	for range 3 {
		key := recordKey(r)
		h.Keys = append(h.Keys, key)
		s.WriteRaw("suite", key, recordBody(r, conformance.Body{Key: key}))
	}
	report := conformance.Run(t.Context(), h, conformance.Options{Seed: 1})
	for _, c := range report.Failed() {
		t.Errorf("%s fails at step %d", c.ID, c.Failure.Step)
	}
	if n := passed(report, conformance.LevelRead); n < 10 || s.Count("suite") != 3 {
		t.Errorf("%d cases of reading passed, and %d versions stand", n, s.Count("suite"))
	}
}

// A key and a body that disclosure lets through: a record under its closed schema, which nobody signed.
func TestTheSuitesBodiesAreRecords(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for _, size := range []int{0, 1, 2000, 5000, 5001, 5100, 60_000, 64 << 10} {
		body := recordBody(r, conformance.Body{Key: recordKey(r), Size: size})
		record, err := ld.Parse(body, ld.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		if faults := schemas.Validate("Record", record); len(faults) > 0 || size > 1500 && len(body) != size {
			t.Errorf("%d bytes, asked for %d: %v", len(body), size, faults)
		}
	}
}

func recordKey(r *rand.Rand) string {
	var id uuid.UUID
	for i := range id {
		id[i] = byte(r.Uint32())
	}
	id[6], id[8] = id[6]&0x0f|0x40, id[8]&0x3f|0x80
	return id.URN()
}

// recordBody draws a record that fills the size: by links, the first of which takes what is too little for another one.
func recordBody(r *rand.Rand, b conformance.Body) []byte {
	record := unsigned(r, b)
	links := []any{linkOf(r, 1)}
	record["links"] = links
	body, _ := ld.JCS(record)
	one, _ := ld.JCS(links[0].(ld.Object))
	for left := b.Size - len(body); left > 0; left -= len(one) + 1 {
		if left <= len(one) {
			links[0] = linkOf(r, 1+left)
			break
		}
		links = append(links, linkOf(r, 1))
	}
	record["links"] = links
	body, _ = ld.JCS(record)
	return body
}

// unsigned is a record whose signature has the form of one.
func unsigned(r *rand.Rand, b conformance.Body) ld.Object {
	const did = "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"
	record := ld.Object{
		"@context": []any{"https://w3id.org/security/data-integrity/v2", "https://w3id.org/fta/v1"},
		"id":       b.Key, "type": "EntrySummary", "ledger": "urn:uuid:0d6a4ad1-6f1c-4a51-9a3e-2b8c5a7e9f10", "version": 1.0, "event": "file",
		"issued": "2026-11-23T08:00:00Z", "issuer": did, "digest": digest(r),
		"evidence": []any{ld.Object{"id": recordKey(r), "digest": digest(r), "mediaType": "application/vc"}},
		"proof": ld.Object{
			"type": "DataIntegrityProof", "cryptosuite": "eddsa-jcs-2022", "created": "2026-11-23T08:00:00Z",
			"verificationMethod": did + "#" + strings.TrimPrefix(did, "did:key:"), "proofPurpose": "assertionMethod", "proofValue": "z" + strings.Repeat("2", 87),
		},
	}
	var lookups []any
	for _, l := range b.Lookups {
		lookups = append(lookups, l.Value)
	}
	if len(lookups) > 0 {
		record["lookups"] = lookups
	}
	return record
}

// linkOf is a link whose ledger's name is so long.
func linkOf(r *rand.Rand, length int) ld.Object {
	return ld.Object{"rel": "certificate", "id": recordKey(r), "ledger": "urn:of:" + strings.Repeat("x", length), "version": 1.0, "digest": digest(r)}
}

func digest(r *rand.Rand) string {
	sum := make([]byte, 34)
	sum[0], sum[1] = 0x12, 0x20
	for i := 2; i < len(sum); i++ {
		sum[i] = byte(r.Uint32())
	}
	return "u" + base64.RawURLEncoding.EncodeToString(sum)
}
