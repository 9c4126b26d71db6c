package command_test

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/cmd/fta/command"
)

// recorded is a file that was made of what a geth said that is gone.
func recorded(name string) string {
	return filepath.Join("..", "..", "..", "adapters", "ethereum", "inclusion", "testdata", name+".json")
}

// Whoever has a ledger's proof and anchors of their own checks it with no ledger and no gateway at hand.
func TestVerifyAProof(t *testing.T) {
	proof, anchors := recorded("geth.proof"), recorded("geth.anchors")
	run(t, "verify", "--proof", proof, "--anchors", anchors).want(t, command.ExitOK, "valid        version 2 in block", "author       address 0x71562b71999873db5b286df957af199ec94617f7",
		"the header is checkpoint")
	p := decode[command.Proved](t, ok(t, "verify", "--json", "--proof", proof, "--anchors", anchors))
	if p.Outcome != driver.Verified || p.Version != 2 || p.Body.IsZero() || p.ChainTime.IsZero() {
		t.Errorf("%+v", p)
	}
	text, trusted := read(t, proof), read(t, anchors)
	for _, c := range []struct {
		name, proof, anchors string
		code                 int
		says                 string
	}{
		{"another version", strings.Replace(text, `"version": 2`, `"version": 3`, 1), trusted, command.ExitInvalid, "the log is of version 2, and the entry of version 3"},
		{"another author", strings.Replace(text, "0x71562b", "0x71562c", 1), trusted, command.ExitInvalid, "another author"},
		{"nothing that vouches", text, `{"chain":1,"ledger":{},"checkpoints":[]}`, command.ExitUndetermined, "checkpoints or quorum must be given"},
		{"no anchors", text, "{}", command.ExitUndetermined, "the proof is undetermined"},
		{"a type that nobody knows", strings.Replace(text, "EthereumReceipt-keccak256", "Trust-me", 1), trusted, command.ExitUndetermined, `no verifier for proof type "Trust-me"`},
		{"no proof", "{}", trusted, command.ExitUsage, "proof must be there"},
		{"another shape", `{"proof": 7}`, trusted, command.ExitUsage, "proof.json"},
		{"no JSON", "proof", trusted, command.ExitUsage, "is not JSON"},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			run(t, "verify", "--proof", save(t, dir, "proof.json", c.proof), "--anchors", save(t, dir, "anchors.json", c.anchors)).want(t, c.code, c.says)
		})
	}
	run(t, "verify", "--proof", proof).want(t, command.ExitUsage, "must be given together")
	run(t, "verify", "--proof", proof, "--anchors", anchors, "--record", proof).want(t, command.ExitUsage, "without --document")
}
