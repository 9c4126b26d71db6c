package node_test

import (
	"crypto/ed25519"
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/ftagateway/ftagateway/adapters/webledger/protocol"
	"github.com/ftagateway/ftagateway/ld"
)

// stranger is a key that no test ledger approves of.
var stranger = ed25519.NewKeyFromSeed([]byte("a key that nobody approved of..."))

func (n *ledgerNode) by(signer ed25519.PrivateKey, creator string) *protocol.Operation {
	n.Helper()
	from := n.sender()
	from.Signer, from.Creator = signer, creator
	op, err := protocol.NewCreate(ld.Object{"id": "urn:uuid:1"}, from)
	if err != nil {
		n.Fatal(err)
	}
	return op
}

func TestWhatIsRefusedIsNotWritten(t *testing.T) {
	n := open(t, t.TempDir())
	good := string(n.create(ld.Object{"id": "urn:uuid:1", "a": "value"}).Bytes)
	change := func(from, to string) string {
		if !strings.Contains(good, from) {
			t.Fatalf("no %s in %s", from, good)
		}
		return strings.Replace(good, from, to, 1)
	}
	for name, test := range map[string]struct {
		body   string
		status int
		kind   protocol.FailureType
	}{
		"empty":                {"", 400, protocol.FailureSyntax},
		"truncated":            {good[:len(good)-1], 400, protocol.FailureSyntax},
		"trailing data":        {good + "{}", 400, protocol.FailureSyntax},
		"not UTF-8":            {change(`"value"`, "\"\xff\""), 400, protocol.FailureSyntax},
		"a key twice":          {change(`"a":"value"`, `"a":1,"a":2`), 400, protocol.FailureSyntax},
		"too deep":             {change(`"value"`, strings.Repeat("[", 99)+strings.Repeat("]", 99)), 400, protocol.FailureSyntax},
		"too large":            {change(`"value"`, `"`+strings.Repeat("x", protocol.MaxOperation)+`"`), 413, protocol.FailureTooLarge},
		"wrong type of value":  {change(`"creator":"`, `"creator":["`+n.TargetNode()+`"],"x":"`), 400, protocol.FailureValidation},
		"unknown property":     {change(`"creator":`, `"note":"x","creator":`), 400, protocol.FailureValidation},
		"a configuration":      {change("CreateWebLedgerRecord", "WebLedgerConfiguration"), 400, protocol.FailureValidation},
		"changed after":        {change(`"value"`, `"another"`), 400, protocol.FailureNotAllowed},
		"without proof":        {good[:strings.Index(good, `,"proof"`)] + good[strings.Index(good, `,"record"`):], 400, protocol.FailureNotAllowed},
		"by a stranger":        {string(n.by(stranger, n.TargetNode()).Bytes), 400, protocol.FailureNotAllowed},
		"for another node":     {string(n.by(signer, didOf(stranger)).Bytes), 400, protocol.FailureNotAllowed},
		"for no node":          {change(`"creator":"`+n.TargetNode()+`",`, ``), 400, protocol.FailureNotAllowed},
		"signed with nonsense": {change(`"proofValue":"z`, `"proofValue":"z1`), 400, protocol.FailureNotAllowed},
	} {
		status, body := n.call(http.MethodPost, n.agent.Service.Operation, []byte(test.body))
		var f protocol.Failure
		if err := json.Unmarshal(body, &f); err != nil || status != test.status || f.Type != test.kind || f.Message == "" {
			t.Errorf("%s: %d %s, want %d %s", name, status, body, test.status, test.kind)
		}
	}
	if latest, _ := n.latest(); latest.Height != 0 {
		t.Errorf("%s was written", latest.ID)
	}
}

func TestFaultsAreNamed(t *testing.T) {
	n := open(t, t.TempDir())
	status, body := n.call(http.MethodPost, n.agent.Service.Operation, []byte(`{"type":"CreateWebLedgerRecord","record":{"id":"x"},"more":1}`))
	for _, want := range []string{`"/@context"`, `"/record/id"`, `"/more"`} {
		if status != http.StatusBadRequest || !strings.Contains(string(body), want) {
			t.Errorf("%d %s, want %s", status, body, want)
		}
	}
}

func TestWhoMayWriteIsChangedByAConfiguration(t *testing.T) {
	n := open(t, t.TempDir())
	first := n.configuration()
	next := n.next(first, signer, stranger)
	if status, body := n.call(http.MethodPost, n.agent.Service.Config, n.next(first, stranger, stranger).Bytes); status != http.StatusBadRequest {
		t.Errorf("by a stranger: %d %s", status, body)
	}
	if status, body := n.call(http.MethodPost, n.agent.Service.Config, next.Bytes); status != http.StatusNoContent {
		t.Fatalf("%d %s", status, body)
	}
	if status, _ := n.call(http.MethodPost, n.agent.Service.Config, next.Bytes); status != http.StatusConflict {
		t.Errorf("the same again: %d", status)
	}
	if status, _ := n.post(n.by(signer, n.TargetNode())); status != http.StatusBadRequest {
		t.Errorf("operation of one who is approved no more: %d", status)
	}
	if status, body := n.post(n.by(stranger, n.TargetNode())); status != http.StatusNoContent {
		t.Errorf("operation of one who is approved now: %d %s", status, body)
	}
	event := n.block(1).Events[0]
	if event.Type != protocol.TypeConfigurationEvent || n.configuration().Sequence != 1 {
		t.Errorf("%s, then sequence %d in force", event.Type, n.configuration().Sequence)
	}
	n.replay()
}

// configuration is the one in force, as the agent shows it.
func (n *ledgerNode) configuration() *protocol.Configuration {
	n.Helper()
	var agent protocol.Agent
	n.getInto(n.agent.Service.Status, &agent)
	var event struct{ LedgerConfiguration json.RawMessage }
	if err := json.Unmarshal(agent.LatestConfigEvent, &event); err != nil {
		n.Fatal(err)
	}
	c, err := protocol.ParseConfiguration(event.LedgerConfiguration)
	if err != nil {
		n.Fatal(err)
	}
	return c
}

func (n *ledgerNode) next(c *protocol.Configuration, by ed25519.PrivateKey, approved ed25519.PrivateKey) *protocol.Configuration {
	n.Helper()
	from := n.sender()
	from.Signer = by
	next, err := c.Next([]string{didOf(approved)}, from)
	if err != nil {
		n.Fatal(err)
	}
	return next
}
