package filing_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/evidence"
	"github.com/ftagateway/ftagateway/filing"
)

// The root key and the key that files need not lie on one machine: a did:key is enough to make a collection for.
func TestCollectionForAKeyElsewhere(t *testing.T) {
	h, filer := newHouse(t), signer(t)
	token, until := evidence.NewCollection(), time.Now().Add(time.Hour).UTC().Truncate(time.Second)
	c := must(filing.CollectFor(h.root, h.url, token, didOf(t, filer), until))(t)
	if c.Controller != didOf(t, filer) || c.Target != evidence.Target(h.url, token) || !c.Expires.Equal(until) {
		t.Errorf("%s may %v on %s until %s", c.Controller, c.Actions, c.Target, c.Expires)
	}
	if !slices.Equal(c.Actions, []string{evidence.Read, evidence.Write}) {
		t.Errorf("actions %v", c.Actions)
	}
}

// What would open nothing is not signed.
func TestCollectionsThatWouldOpenNothing(t *testing.T) {
	root, issuer, later := signer(t), didOf(t, signer(t)), time.Now().Add(time.Hour)
	token := evidence.NewCollection()
	for _, c := range []struct {
		name, base, token, issuer string
		until                     time.Time
		want                      string
	}{
		{"no URL", "evidence", token, issuer, later, "base URL"},
		{"another scheme", "ftp://evidence.example", token, issuer, later, "base URL"},
		{"a final slash", "https://evidence.example/", token, issuer, later, "base URL"},
		{"a path", "https://evidence.example/documents", token, issuer, later, "base URL"},
		{"a query", "https://evidence.example?x=1", token, issuer, later, "base URL"},
		{"no token", "https://evidence.example", "invoices", issuer, later, "collection"},
		{"no did", "https://evidence.example", token, "filer", later, "issuer"},
		{"a lookup key", "https://evidence.example", token, "did:key:z6LSbysY2xFMRpGMhb7tFTLMpeuPRaqaWM1yECx2AtzE3KCc", later, "issuer"},
		{"in the past", "https://evidence.example", token, issuer, time.Now().Add(-time.Minute), "/expires"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got, err := filing.CollectFor(root, c.base, c.token, c.issuer, c.until); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%v, %v; want an error with %q", got, err, c.want)
			}
		})
	}
}
