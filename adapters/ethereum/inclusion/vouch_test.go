package inclusion_test

import (
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/ethereum/inclusion"
)

// TestCheckpoints: a block is known by a checkpoint of its own, or by a later one to which headers lead without a gap.
func TestCheckpoints(t *testing.T) {
	b := newBlock(t, 2)
	after := b.headersAfter(inclusion.MaxAfter + 1)
	top := after[11]
	p := b.prove(t, 1, after[:12]...)
	for name, c := range map[string]struct {
		proof   *driver.Proof
		at      []*types.Header
		outcome driver.Outcome
		says    string
	}{
		"its own":                         {b.prove(t, 1), []*types.Header{b.Header}, driver.Verified, "; the header is checkpoint 1000"},
		"a later one":                     {p, []*types.Header{top}, driver.Verified, "; the header is 12 below checkpoint 1012"},
		"one on the way":                  {p, []*types.Header{after[3]}, driver.Verified, "; the header is 4 below checkpoint 1004"},
		"one that is not reached":         {b.prove(t, 1, after[:5]...), []*types.Header{top}, driver.Undetermined, "no checkpoint is among the proof's 6 headers"},
		"an earlier one":                  {p, []*types.Header{withNumber(b.Header, 999)}, driver.Undetermined, "nothing vouches for block 1000"},
		"another block in its place":      {b.prove(t, 1), []*types.Header{withExtra(b.Header)}, driver.Failed, "block 1000 is not the one of the checkpoint"},
		"another block above":             {p, []*types.Header{withExtra(top)}, driver.Failed, "block 1012 is not the one of the checkpoint"},
		"another block above its own":     {p, []*types.Header{b.Header, withExtra(top)}, driver.Failed, "block 1012 is not the one"},
		"headers with a gap":              {b.prove(t, 1, after[0], after[2]), []*types.Header{after[2]}, driver.Failed, "headers[2] is no child of the header before it"},
		"headers of another chain behind": {b.prove(t, 1, withExtra(after[0]), top), []*types.Header{top}, driver.Failed, "headers[2] is no child"},
		"the most headers":                {b.prove(t, 1, after[:inclusion.MaxAfter]...), []*types.Header{after[inclusion.MaxAfter-1]}, driver.Verified, "1023 below"},
	} {
		t.Run(name, func(t *testing.T) {
			want(t, inclusion.Verify(b.entry(1), c.proof, anchors(t, nil, c.at...)), c.outcome, c.says)
		})
	}
	if _, err := inclusion.New(&b.Block, 1, after, nil); err == nil {
		t.Error("a proof with more headers than a verifier takes")
	}
}

func withNumber(h *types.Header, n int64) *types.Header {
	other := types.CopyHeader(h)
	other.Number.SetInt64(n)
	return other
}

var three = []string{"a.example", "b.example:8545", "c.example"}

// quorumOf is anchors that believe two of three endpoints.
func quorumOf(t testing.TB, more object) driver.Anchors {
	t.Helper()
	all := object{"quorum": object{"endpoints": three, "agree": 2}}
	for name, v := range more {
		all[name] = v
	}
	return anchors(t, all)
}

// TestQuorum: what endpoints said counts only where this process heard it, of endpoints that the anchors name, and is called
// what it is.
func TestQuorum(t *testing.T) {
	b := newBlock(t, 2)
	here, agreed := b.Header.Hash(), inclusion.Agreed
	for name, c := range map[string]struct {
		seals   [][]byte
		outcome driver.Outcome
		says    string
	}{
		"all":                  {agreed(chainID, here, three), driver.Verified, "; 3 of 3 endpoints agree on the header (quorum)"},
		"enough":               {agreed(chainID, here, three[1:]), driver.Verified, "; 2 of 3 endpoints agree on the header (quorum)"},
		"one":                  {agreed(chainID, here, three[:1]), driver.Undetermined, "did not hear 2 of the anchors' endpoints agree on it"},
		"one, twice":           {agreed(chainID, here, []string{"c.example", "c.example"}), driver.Undetermined, "did not hear 2"},
		"none":                 {nil, driver.Undetermined, "did not hear 2"},
		"others":               {agreed(chainID, here, []string{"x.example", "y.example", "z.example"}), driver.Undetermined, "did not hear 2"},
		"about another block":  {agreed(chainID, common.Hash{1}, three), driver.Undetermined, "did not hear 2"},
		"about another chain":  {agreed(1, here, three), driver.Undetermined, "did not hear 2"},
		"what another process": {[][]byte{make([]byte, 32), []byte("seal")}, driver.Undetermined, "did not hear 2"},
	} {
		p, err := inclusion.New(&b.Block, 1, nil, c.seals)
		if err != nil {
			t.Fatal(err)
		}
		t.Run(name, func(t *testing.T) {
			want(t, inclusion.Verify(b.entry(1), p, quorumOf(t, nil)), c.outcome, c.says)
			e := b.entry(1)
			e.Body[0] ^= 1
			want(t, inclusion.Verify(e, p, quorumOf(t, nil)), driver.Failed, "another body")
		})
	}
}

// TestACheckpointCountsBeforeAQuorum: also against it.
func TestACheckpointCountsBeforeAQuorum(t *testing.T) {
	b := newBlock(t, 1)
	p, err := inclusion.New(&b.Block, 0, nil, inclusion.Agreed(chainID, b.Header.Hash(), three))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		at      *types.Header
		outcome driver.Outcome
		says    string
	}{
		{b.Header, driver.Verified, "checkpoint 1000"},
		{withExtra(b.Header), driver.Failed, "not the one of the checkpoint"},
		{withNumber(b.Header, 5), driver.Verified, "(quorum)"},
	} {
		a := quorumOf(t, object{"checkpoints": []object{{"number": c.at.Number.Uint64(), "hash": c.at.Hash()}}})
		want(t, inclusion.Verify(b.entry(0), p, a), c.outcome, c.says)
	}
}

// TestAnchorsThatCannotBeRead leave everything undetermined, and say which member must be what.
func TestAnchorsThatCannotBeRead(t *testing.T) {
	b := newBlock(t, 1)
	p := b.prove(t, 0)
	for _, c := range []struct {
		anchors driver.Anchors
		says    string
	}{
		{nil, "there are no anchors"},
		{driver.Anchors("{"), "cannot be read"},
		{driver.Anchors("[]"), "cannot be read"},
		{anchors(t, object{"checkpoint": 1}, b.Header), `unknown field "checkpoint"`},
		{anchors(t, object{"chain": 0}, b.Header), "chain must be the chain's id"},
		{anchors(t, object{"chain": -1}, b.Header), "cannot be read"},
		{anchors(t, nil), "checkpoints or quorum must be given"},
		{anchors(t, object{"checkpoints": []object{{"number": 1, "hash": "0x12"}}}), "cannot be read"},
		{anchors(t, object{"checkpoints": []object{{"number": 1}}}), "checkpoints[0]: block 1 must have one hash"},
		{anchors(t, nil, b.Header, withExtra(b.Header)), "checkpoints[1]: block 1000 must have one hash"},
		{anchors(t, object{"ledger": nil}, b.Header), "must be given"},
		{anchors(t, object{"ledger": object{"builtin": "referense"}}, b.Header), "reference"},
		{anchors(t, object{"ledger": object{"builtin": "reference"}}, b.Header), "contract"},
		{anchors(t, object{"ledger": counted()}, b.Header), "its entries are in no log as a whole"},
		{quorumOf(t, object{"quorum": object{"endpoints": three, "agree": 1}}), "quorum.agree 1 must be at least 2 and more than half of its endpoints, which are 3"},
		{quorumOf(t, object{"quorum": object{"endpoints": three, "agree": 4}}), "quorum.agree 4"},
		{quorumOf(t, object{"quorum": object{"endpoints": append(three, "d.example"), "agree": 2}}), "quorum.agree 2"},
		{quorumOf(t, object{"quorum": object{"endpoints": []string{"a", "a"}, "agree": 2}}), `quorum.endpoints[1] "a" must be a host, named once`},
	} {
		want(t, inclusion.Verify(b.entry(0), p, c.anchors), driver.Undetermined, c.says)
	}
}

// counted is a ledger section whose versions no log names.
func counted() object {
	return object{"contract": ledgerAt, "abi": []string{"event Filed(bytes32 indexed id, bytes body)"},
		"events": []object{{"event": "Filed", "key": "id", "body": "body"}}}
}
