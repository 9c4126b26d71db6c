package conformance_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/memory"
	"github.com/ftagateway/ftagateway/conformance"
)

// answering is a driver whose Get answers what a test says.
type answering struct {
	driver.Ledger
	entry *driver.Entry
	err   error
}

func (a answering) Get(context.Context, driver.Ref) (*driver.Entry, error) { return a.entry, a.err }

// failed plays one case against a driver whose Get answers so, and gives how it failed.
func failed(t *testing.T, entry *driver.Entry, err error) *conformance.Failure {
	t.Helper()
	l := answering{memory.New(memory.Options{}), entry, err}
	report := conformance.Run(t.Context(), over(l), conformance.Options{Cases: []string{"read/absent-is-not-found"}})
	if len(report.Failed()) != 1 {
		t.Fatalf("%+v", report.Summary)
	}
	return report.Failed()[0].Failure
}

func TestAFailureTellsWhatWasAskedAndWhatCame(t *testing.T) {
	f := failed(t, &driver.Entry{Key: "another", Version: 7, Body: []byte("who asked for this, and who wrote all of it?")}, nil)
	if !strings.HasPrefix(f.Request, `get {"key":"conformance-`) {
		t.Errorf("request %s", f.Request)
	}
	for _, want := range []string{`"key":"another"`, `"version":7`, "44 bytes that begin 77686f2061736b"} {
		if !strings.Contains(f.Answer, want) {
			t.Errorf("%s is not in the answer %s", want, f.Answer)
		}
	}
	if f := failed(t, nil, driver.Errorf(driver.Conflict, "somebody was first")); f.Answer != "error conflict: somebody was first" {
		t.Errorf("answer %s", f.Answer)
	}
}

// What a driver says may hold what nobody else is to see, and may be of any length.
func TestAFailureTellsNoSecretsAndIsBounded(t *testing.T) {
	f := failed(t, nil, errors.New("post https://vendor:hunter2@node.example/v1?api_key=k9k9k9: sent Authorization: Bearer "+
		"eyJhbGciOiJFZERTQSJ9.payload\n-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIA\n-----END PRIVATE KEY-----\n"+
		strings.Repeat("\u00e9", 5000)+"\xff"))
	for _, text := range []string{f.Answer, f.Got} {
		for _, secret := range []string{"hunter2", "k9k9k9", "eyJhbGciOiJFZERTQSJ9", "MC4CAQAwBQYDK2VwBCIEIA"} {
			if strings.Contains(text, secret) {
				t.Errorf("%s is in %s", secret, text)
			}
		}
		if !utf8.ValidString(text) || len(text) > 2100 || !strings.Contains(text, "node.example") {
			t.Errorf("%d bytes: %s", len(text), text)
		}
	}
}

// A call that never comes back is told as asked and not answered.
func TestAFailureTellsACallThatDidNotReturn(t *testing.T) {
	free := make(chan struct{})
	defer close(free)
	report := conformance.Run(t.Context(), over(stuck{memory.New(memory.Options{ForTesting: true}), free}),
		conformance.Options{Timeout: impatient, Cases: []string{"read/absent-is-not-found"}})
	if f := report.Failed()[0].Failure; !strings.HasPrefix(f.Request, "get ") || f.Answer != "none" {
		t.Errorf("request %s, answer %s", f.Request, f.Answer)
	}
}
