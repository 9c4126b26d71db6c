package fabric

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/hyperledger/fabric-protos-go/common"
	"github.com/hyperledger/fabric-protos-go/peer"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/fabric/inclusion"
)

// sign has a peer sign a block as an answer of qscc. Who verifies would not believe it: here only is asked and kept.
func (p *peers) sign(c *blocks, number uint64) *peer.ProposalResponse {
	return p.signAs(c, number, &common.MetadataSignature{SignatureHeader: []byte("orderer"), Signature: []byte("signature")})
}

// signAs does so with a block that an orderer signed in one form or another.
func (p *peers) signAs(c *blocks, number uint64, orderer *common.MetadataSignature) *peer.ProposalResponse {
	b := clone(p.has["one"][number])
	b.Metadata.Metadata[common.BlockMetadataIndex_SIGNATURES] = c.encode(&common.Metadata{Signatures: []*common.MetadataSignature{orderer}})
	action := &peer.ChaincodeAction{Response: &peer.Response{Status: http.StatusOK, Payload: c.encode(b)}, ChaincodeId: &peer.ChaincodeID{Name: "qscc"}}
	payload := c.encode(&peer.ProposalResponsePayload{Extension: c.encode(action)})
	return &peer.ProposalResponse{Payload: payload, Endorsement: &peer.Endorsement{Endorser: []byte("peer"), Signature: []byte("signature")}}
}

// provable is a ledger over peers of two organisations, with an entry on it.
func provable(t *testing.T) (*blocks, *Ledger, *peers) {
	t.Helper()
	c := newBlocks(t)
	l, p := over(t, c, memory(t))
	var err error
	if l.schema, err = parseSchema(nil); err != nil {
		t.Fatal(err)
	}
	p.give(c.block([][]byte{c.transaction("t1", "cc", put("\x00version\x00k\x001\x00", `{"body":"Ym9keQ=="}`))}))
	p.signs = func(string, uint64) (*peer.ProposalResponse, error) { return p.sign(c, 1), nil }
	return c, l, p
}

var errGone = driver.Errorf(driver.Unavailable, "gone")

// TestWhomAProofIsAskedOf: a peer of each organisation; who does not answer is left out, and who lags is asked again.
func TestWhomAProofIsAskedOf(t *testing.T) {
	for name, tc := range map[string]struct {
		fails map[string]int // how often, by peer
		want  int
		code  driver.Code
	}{
		"all answer":              {nil, 2, ""},
		"one lags behind":         {map[string]int{"one": 3}, 2, ""},
		"one is gone":             {map[string]int{"two": 1 << 20}, 1, ""},
		"all are gone":            {map[string]int{"one": 1 << 20, "two": 1 << 20}, 0, driver.Unavailable},
		"one is not open to us":   {map[string]int{"two": -1}, 1, ""},
		"none is open to us":      {map[string]int{"one": -1, "two": -1}, 0, driver.PermissionDenied},
		"one lags and is refused": {map[string]int{"one": 2, "two": -1}, 1, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c, l, p := provable(t)
			p.signs = func(name string, number uint64) (*peer.ProposalResponse, error) {
				p.mu.Lock()
				defer p.mu.Unlock()
				switch p.asked["sign "+name]++; {
				case tc.fails[name] < 0:
					return nil, driver.Errorf(driver.PermissionDenied, "access denied")
				case p.asked["sign "+name] <= tc.fails[name]:
					return nil, errGone
				}
				return p.sign(c, number), nil
			}
			proof, err := l.Prove(t.Context(), &driver.Entry{Key: "k", Version: 1})
			if driver.CodeOf(err) != tc.code {
				t.Fatalf("%v, want %q", err, tc.code)
			}
			if err == nil && answersIn(t, proof) != tc.want {
				t.Errorf("%d answers, want %d", answersIn(t, proof), tc.want)
			}
		})
	}
}

func answersIn(t *testing.T, p *driver.Proof) int {
	t.Helper()
	var parts struct{ Answers []any }
	if err := json.Unmarshal(p.Data, &parts); err != nil || p.Type != inclusion.ProofType {
		t.Fatal(p.Type, err)
	}
	return len(parts.Answers)
}

func TestWhatCannotBeProvenIsTold(t *testing.T) {
	for words, tc := range map[string]struct {
		bend func(c *blocks, l *Ledger, p *peers)
		code driver.Code
	}{
		"do not say which version": {func(_ *blocks, l *Ledger, _ *peers) { l.schema, _ = parseSchema([]byte(bySimpleFunctions)) }, driver.Unsupported},
		"numbers this entry otherwise": {func(c *blocks, _ *Ledger, p *peers) {
			p.has["one"], p.has["two"] = p.has["one"][:1], p.has["two"][:1]
			c.number, c.previous = 1, mustHash(p.has["one"][0])
			p.give(c.block([][]byte{c.transaction("t1", "cc", put("\x00version\x00k\x007\x00", `{"body":"Ym9keQ=="}`))}))
		}, driver.Unsupported},
		"does not hold the entry's transaction": {func(c *blocks, _ *Ledger, p *peers) {
			p.signs = func(string, uint64) (*peer.ProposalResponse, error) { return p.sign(c, 0), nil }
		}, driver.Corrupt},
		"have different blocks": {func(c *blocks, _ *Ledger, p *peers) {
			p.signs = func(name string, _ uint64) (*peer.ProposalResponse, error) {
				return p.sign(c, map[string]uint64{"one": 1, "two": 2}[name]), nil
			}
			p.give(c.block([][]byte{c.transaction("t1", "cc", put("\x00version\x00k\x001\x00", `{"body":"Ym9keQ=="}`)), nil},
				peer.TxValidationCode_DUPLICATE_TXID, peer.TxValidationCode_NIL_ENVELOPE))
		}, driver.Corrupt},
		"signs blocks in a form": {func(c *blocks, _ *Ledger, p *peers) {
			p.signs = func(string, uint64) (*peer.ProposalResponse, error) {
				return p.signAs(c, 1, &common.MetadataSignature{IdentifierHeader: []byte("1")}), nil // as BFT orderers do
			}
		}, driver.Unsupported},
		"no answer of qscc": {func(_ *blocks, _ *Ledger, p *peers) {
			p.signs = func(string, uint64) (*peer.ProposalResponse, error) { return &peer.ProposalResponse{}, nil }
		}, driver.Corrupt},
	} {
		t.Run(words, func(t *testing.T) {
			c, l, p := provable(t)
			tc.bend(c, l, p)
			proof, err := l.Prove(t.Context(), &driver.Entry{Key: "k", Version: 1})
			if driver.CodeOf(err) != tc.code || !strings.Contains(err.Error(), words) {
				t.Errorf("%v, %v; want %s", proof, err, tc.code)
			}
		})
	}
	_, l, _ := provable(t)
	if p, err := l.Prove(t.Context(), &driver.Entry{Key: "k", Version: 2}); driver.CodeOf(err) != driver.NotFound {
		t.Errorf("%v, %v: there is no such version", p, err)
	}
}

func mustHash(b *common.Block) []byte {
	hash, err := blockHash(b.Header)
	if err != nil {
		panic(err)
	}
	return hash
}

func TestProofsAreOfferedWhereKeysSayTheVersion(t *testing.T) {
	_, l, _ := provable(t)
	if d := l.Describe(); !d.Can(driver.AbilityProve) || len(d.ProofTypes) != 1 {
		t.Errorf("%+v", d)
	}
	l, _ = over(t, newBlocks(t), memory(t))
	if d := l.Describe(); d.Can(driver.AbilityProve) || len(d.ProofTypes) != 0 {
		t.Errorf("%+v", d)
	}
}
