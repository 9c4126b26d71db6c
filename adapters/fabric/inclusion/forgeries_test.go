package inclusion_test

import (
	"bytes"
	"strings"

	"github.com/hyperledger/fabric-protos-go/common"
	"github.com/hyperledger/fabric-protos-go/peer"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// forgeries are everything that a proof can be wrong in, each in one thing alone: all the rest is signed as it should be.
var forgeries = map[string]struct {
	forge   func(f *forgery) *driver.Proof
	outcome driver.Outcome
	words   string
}{
	"nothing": {(*forgery).proof, driver.Verified, ""},

	"a block that was altered": {altered(func(p *sent) { p.Data[len(p.Data)-1] ^= 1 }), driver.Failed, "not what the orderers signed"},
	// A block's hash is over its transactions one after the other, and does not say where one ends.
	"transactions cut elsewhere": {altered(func(p *sent) { p.Data = append(p.Data, 0x0a, 0) }), driver.Failed, "does not hold"},
	"another block's number":     {altered(func(p *sent) { p.Number++ }), driver.Failed, "not what the orderers signed"},
	"another block before":       {altered(func(p *sent) { p.Previous = make([]byte, 31) }), driver.Failed, "not what the orderers signed"},
	"no orderer's signature":     {func(f *forgery) *driver.Proof { f.orderers = nil; return f.proof() }, driver.Failed, "not what the orderers signed"},
	"signed by no orderer": {func(f *forgery) *driver.Proof {
		f.orderers = []signer{newAuthority(f, "OrdererMSP").member(f, "orderer")}
		return f.proof()
	}, driver.Failed, "leads to no root of OrdererMSP"},
	"signed by a peer": {func(f *forgery) *driver.Proof {
		f.orderers = []signer{f.peer1}
		return f.proof()
	}, driver.Undetermined, `do not know "Org1MSP"`},
	"signed by orderers of an organisation that is not known": {func(f *forgery) *driver.Proof {
		f.orderers = []signer{newAuthority(f, "NewMSP").member(f, "orderer")}
		return f.proof()
	}, driver.Undetermined, `do not know "NewMSP"`},

	"another transaction of the block": {func(f *forgery) *driver.Proof {
		f.data, f.flags = append(f.data, []byte("another")), append(f.flags, 0)
		f.tx = len(f.data) - 1
		return f.proof()
	}, driver.Failed, "cannot be read"},
	"no transaction of the block": {altered(func(p *sent) { p.Transaction = 1 << 20 }), driver.Failed, "none of the block's"},
	"a transaction that its creator did not sign": {func(f *forgery) *driver.Proof {
		f.data[f.tx] = encode(f, &common.Envelope{Payload: f.payload(f.open()), Signature: f.user.sign(f, []byte("else"))})
		return f.proof()
	}, driver.Failed, "signature of a member of Org1MSP does not hold"},
	"a signature with the higher S": {func(f *forgery) *driver.Proof {
		payload := f.payload(f.open())
		f.data[f.tx] = encode(f, &common.Envelope{Payload: payload, Signature: f.user.signature(f, payload, true)})
		return f.proof()
	}, driver.Failed, "half the order"},
	"a creator outside the roots": {opening(func(f *forgery, o *opened) {
		f.propose(o, newAuthority(f, "Org1MSP").member(f, "client"))
		f.endorse(o, f.peer1, f.peer2)
	}), driver.Failed, "leads to no root of Org1MSP"},
	"a creator of an organisation that is not known": {opening(func(f *forgery, o *opened) {
		f.propose(o, newAuthority(f, "Org3MSP").member(f, "client"))
		f.endorse(o, f.peer1, f.peer2)
	}), driver.Undetermined, `do not know "Org3MSP"`},
	"a certificate authority as creator": {opening(func(f *forgery, o *opened) { f.propose(o, f.ca) }), driver.Failed, "must not be a certificate authority"},
	"an id that is not made of the creator": {opening(func(f *forgery, o *opened) {
		o.channel.TxId = strings.Repeat("0", 64)
		f.endorse(o, f.peer1, f.peer2)
	}), driver.Failed, "id is not made of"},
	"a transaction of another channel": {opening(func(f *forgery, o *opened) {
		o.channel.ChannelId = "other"
		f.endorse(o, f.peer1, f.peer2)
	}), driver.Failed, `"other"`},
	"a transaction that configures": {opening(func(f *forgery, o *opened) {
		o.channel.Type = int32(common.HeaderType_CONFIG)
		f.endorse(o, f.peer1, f.peer2)
	}), driver.Failed, "no transaction of a chaincode"},
	"another's transaction": {opening(func(f *forgery, o *opened) {
		f.propose(o, f.user2)
		f.endorse(o, f.peer1, f.peer2)
	}), driver.Failed, "another transaction than the entry's"},

	"what was endorsed for another proposal": {opening(func(_ *forgery, o *opened) { o.proposal = append(o.proposal, 0) }), driver.Failed, "no answer to this transaction's proposal"},
	"a write that was not endorsed": {opening(func(f *forgery, o *opened) {
		o.action.Results = f.writes("fta", stateOf("k", "1"), `{"body":"eA=="}`)
		o.response.Extension = encode(f, o.action)
	}), driver.Failed, "endorsement: "},
	"a forged endorsement":    {opening(func(f *forgery, o *opened) { o.endorsements[1].Signature = f.peer2.sign(f, []byte("else")) }), driver.Failed, "signature of a member of Org"},
	"one endorsement for two": {opening(func(f *forgery, o *opened) { f.endorse(o, f.peer1) }), driver.Failed, "not met by Org1MSP"},
	"one endorsement twice":   {opening(func(f *forgery, o *opened) { f.endorse(o, f.peer1, f.peer1) }), driver.Failed, "not met by Org1MSP"},
	"endorsed by a client":    {opening(func(f *forgery, o *opened) { f.endorse(o, f.peer1, f.user2) }), driver.Failed, "not met by Org1MSP, Org2MSP"},
	"endorsed outside the roots": {opening(func(f *forgery, o *opened) {
		f.endorse(o, f.peer1, newAuthority(f, "Org2MSP").member(f, "peer"))
	}), driver.Failed, "leads to no root of Org2MSP"},
	"endorsed by an organisation that is not known": {opening(func(f *forgery, o *opened) {
		f.endorse(o, f.peer1, newAuthority(f, "Org3MSP").member(f, "peer"))
	}), driver.Undetermined, `do not know "Org3MSP"`},

	"another key's write":       {writing("fta", "another", "", `{"body":"Ym9keQ=="}`), driver.Failed, "writes 0 states"},
	"another version's write":   {writing("fta", "", "00000000000000000009", `{"body":"Ym9keQ=="}`), driver.Failed, "writes 0 states"},
	"another chaincode's write": {writing("other", "", "", `{"body":"Ym9keQ=="}`), driver.Failed, "writes 0 states"},
	"another body's write":      {writing("fta", "", "", `{"body":"eA=="}`), driver.Failed, "another body"},
	"a deletion":                {writing("fta", "", "", ""), driver.Failed, "deletion"},

	"nobody's answer":         {func(f *forgery) *driver.Proof { f.answerers = nil; return f.proof() }, driver.Undetermined, "said by nobody"},
	"one peer's answer":       {answered(func(f *forgery) []signer { return []signer{f.peer1} }), driver.Undetermined, "said by Org1MSP, "},
	"one peer's answer twice": {answered(func(f *forgery) []signer { return []signer{f.peer1, f.peer1} }), driver.Undetermined, "said by Org1MSP, "},
	"a client's answer":       {answered(func(f *forgery) []signer { return []signer{f.peer1, f.user2} }), driver.Undetermined, "said by Org1MSP, Org2MSP"},
	"an answer of an organisation that is not known": {answered(func(f *forgery) []signer {
		return []signer{f.peer1, newAuthority(f, "Org3MSP").member(f, "peer")}
	}), driver.Undetermined, "said by Org1MSP, "},
	"an answer too many, of an organisation that is not known": {answered(func(f *forgery) []signer {
		return []signer{newAuthority(f, "Org3MSP").member(f, "peer"), f.peer1, f.peer2}
	}), driver.Verified, ""},
	"an answer outside the roots": {answered(func(f *forgery) []signer {
		return []signer{f.peer1, newAuthority(f, "Org2MSP").member(f, "peer")}
	}), driver.Failed, "leads to no root of Org2MSP"},
	"an answer that nobody signed": {altered(func(p *sent) { p.Answers[1].Signature = p.Answers[0].Signature }), driver.Failed, "does not hold"},
	"an answer that was altered":   {altered(func(p *sent) { p.Answers[0].After = append(p.Answers[0].After, 0) }), driver.Failed, "does not hold"},
	"an answer about other transactions": {func(f *forgery) *driver.Proof {
		good := f.sealed()
		f.data, f.flags = append(f.data, nil), append(f.flags, 0)
		other := f.answer(f.header(), good.Data, f.peer2) // the header is the same
		good.Answers[1] = other
		return good.proof(f)
	}, driver.Failed, "has another block"},
	"an answer about another block": {func(f *forgery) *driver.Proof {
		good := f.sealed()
		f.number++
		good.Answers[1] = f.sealed().Answers[1]
		return good.proof(f)
	}, driver.Failed, "has another block"},
	"a transaction that was invalidated": {flagged(peer.TxValidationCode_MVCC_READ_CONFLICT), driver.Failed, "MVCC_READ_CONFLICT"},
	"the same transaction once more":     {flagged(peer.TxValidationCode_DUPLICATE_TXID), driver.Failed, "DUPLICATE_TXID"},
	"an answer without validity":         {func(f *forgery) *driver.Proof { f.flags = nil; return f.proof() }, driver.Failed, "does not say of each"},
	"an answer of another chaincode":     {func(f *forgery) *driver.Proof { f.chaincode = "fta"; return f.proof() }, driver.Failed, "no answer of qscc"},

	"no JSON":               {text("{"), driver.Failed, "cannot be read"},
	"too many answers":      {altered(func(p *sent) { p.Answers = make([]*answer, 33); fill(p) }), driver.Failed, "answers: 33"},
	"too large an answer":   {altered(func(p *sent) { p.Answers[0].After = make([]byte, 1<<20) }), driver.Failed, "around the block's data"},
	"too many signatures":   {altered(func(p *sent) { p.Signatures = make([]byte, 1<<18+1) }), driver.Failed, "signatures: "},
	"too many transactions": {altered(func(p *sent) { p.Data = bytes.Repeat([]byte{0x0a, 0}, 20_001) }), driver.Failed, "more than 20000"},
	"data that are none":    {altered(func(p *sent) { p.Data = []byte{0x12, 0} }), driver.Failed, "transaction 0 is none"},
	"data cut short":        {altered(func(p *sent) { p.Data = p.Data[:len(p.Data)-1] }), driver.Failed, "ends too early"},
}
