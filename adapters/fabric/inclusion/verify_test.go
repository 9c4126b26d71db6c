package inclusion_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/hyperledger/fabric-protos-go/peer"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/fabric/inclusion"
)

func fill(p *sent) {
	for i := range p.Answers {
		p.Answers[i] = &answer{}
	}
}

// altered alters a proof after all is signed.
func altered(alter func(p *sent)) func(f *forgery) *driver.Proof {
	return func(f *forgery) *driver.Proof {
		p := f.sealed()
		alter(p)
		return p.proof(f)
	}
}

// opening alters the transaction before its creator signs it.
func opening(alter func(f *forgery, o *opened)) func(f *forgery) *driver.Proof {
	return func(f *forgery) *driver.Proof {
		o := f.open()
		alter(f, o)
		f.put(o)
		return f.proof()
	}
}

// writing has the transaction write another state, rightly endorsed. Empty is as it is in the entry.
func writing(chaincode, key, version, value string) func(f *forgery) *driver.Proof {
	return opening(func(f *forgery, o *opened) {
		if key == "" {
			key = f.entry.Key
		}
		if version == "" {
			version = string('0' + rune(f.entry.Version))
		}
		o.action.Results = f.writes(chaincode, stateOf(key, version), value)
		f.endorse(o, f.peer1, f.peer2)
	})
}

func answered(by func(f *forgery) []signer) func(f *forgery) *driver.Proof {
	return func(f *forgery) *driver.Proof {
		f.answerers = by(f)
		return f.proof()
	}
}

// flagged has the peers say, rightly signed, what became of the transaction.
func flagged(code peer.TxValidationCode) func(f *forgery) *driver.Proof {
	return func(f *forgery) *driver.Proof {
		f.flags[f.tx] = byte(code)
		return f.proof()
	}
}

func text(data string) func(f *forgery) *driver.Proof {
	return func(*forgery) *driver.Proof {
		return &driver.Proof{Type: inclusion.ProofType, Data: json.RawMessage(data)}
	}
}

func (s *subject) refuse(t *testing.T) {
	t.Helper()
	result := driver.Verify(s.entry, s.proof, s.anchors)
	if result.Outcome != driver.Verified || !strings.Contains(result.Method, "Org1MSP, Org2MSP") {
		t.Fatalf("an honest proof: %+v", result)
	}
	for name, tc := range forgeries {
		t.Run(name, func(t *testing.T) {
			got := driver.Verify(s.entry, tc.forge(s.forge(t)), s.anchors)
			if got.Outcome != tc.outcome || !strings.Contains(got.Reason, tc.words) || (got.Reason == "") != (tc.outcome == driver.Verified) {
				t.Errorf("%s: %s; want %s, %q", got.Outcome, got.Reason, tc.outcome, tc.words)
			}
		})
	}
}

// TestForgeries holds each forgery to the one check that is there for it.
func TestForgeries(t *testing.T) { made(t).refuse(t) }

// TestNetworkForgeries forges the proof of an entry on a real network, with the keys of its members.
func TestNetworkForgeries(t *testing.T) { running(t).refuse(t) }
