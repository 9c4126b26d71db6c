package inclusion_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"slices"
	"testing"

	"github.com/hyperledger/fabric-protos-go/common"
	"github.com/hyperledger/fabric-protos-go/peer"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/fabric/inclusion"
)

// forgery is a proof on its way to become another one. What signs a block and answers for it signs whatever it holds: what
// is forged below is found only by looking at that.
type forgery struct {
	testing.TB
	*subject
	number    uint64
	previous  []byte
	data      [][]byte
	tx        int
	value     []byte // of the orderers' metadata
	orderers  []signer
	answerers []signer
	flags     []byte
	chaincode string // who answers; qscc
}

// sent is a proof as it travels.
type sent struct {
	Number      uint64    `json:"number"`
	Previous    []byte    `json:"previous"`
	Data        []byte    `json:"data"`
	Signatures  []byte    `json:"signatures"`
	Transaction int       `json:"transaction"`
	Answers     []*answer `json:"answers"`
}

type answer struct {
	Before    []byte `json:"before"`
	After     []byte `json:"after"`
	Endorser  []byte `json:"endorser"`
	Signature []byte `json:"signature"`
}

// forge begins with a good proof.
func (s *subject) forge(t testing.TB) *forgery {
	t.Helper()
	p := s.sent(t)
	var data common.BlockData
	var m common.Metadata
	decode(t, p.Data, &data)
	decode(t, p.Signatures, &m)
	flags := bytes.Repeat([]byte{byte(peer.TxValidationCode_VALID)}, len(data.Data))
	return &forgery{TB: t, subject: s, number: p.Number, previous: p.Previous, data: data.Data, tx: p.Transaction, value: m.Value,
		orderers: []signer{s.orderer}, answerers: []signer{s.peer1, s.peer2}, flags: flags}
}

func (s *subject) sent(t testing.TB) *sent {
	t.Helper()
	p := &sent{}
	if err := json.Unmarshal(s.proof.Data, p); err != nil {
		t.Fatal(err)
	}
	return p
}

func (p *sent) proof(t testing.TB) *driver.Proof {
	data, err := json.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	return &driver.Proof{Type: inclusion.ProofType, Data: data}
}

// proof has the block signed and answered for as it is now.
func (f *forgery) proof() *driver.Proof { return f.sealed().proof(f) }

func (f *forgery) header() *common.BlockHeader {
	sum := sha256.Sum256(bytes.Join(f.data, nil))
	return &common.BlockHeader{Number: f.number, PreviousHash: f.previous, DataHash: sum[:]}
}

func (f *forgery) sealed() *sent {
	header := f.header()
	p := &sent{Number: f.number, Previous: f.previous, Data: encode(f, &common.BlockData{Data: f.data}), Transaction: f.tx}
	p.Signatures = f.signatures(header)
	for _, by := range f.answerers {
		p.Answers = append(p.Answers, f.answer(header, p.Data, by))
	}
	return p
}

func (f *forgery) signatures(h *common.BlockHeader) []byte {
	header, err := inclusion.HeaderBytes(h)
	if err != nil {
		f.Fatal(err)
	}
	m := &common.Metadata{Value: f.value}
	for _, by := range f.orderers {
		who := encode(f, &common.SignatureHeader{Creator: by.identity, Nonce: []byte("nonce")})
		m.Signatures = append(m.Signatures, &common.MetadataSignature{SignatureHeader: who,
			Signature: by.sign(f, bytes.Join([][]byte{f.value, who, header}, nil))})
	}
	return encode(f, m)
}

func (f *forgery) answer(h *common.BlockHeader, data []byte, by signer) *answer {
	name := f.chaincode
	if name == "" {
		name = "qscc"
	}
	b := &common.Block{Header: h, Data: &common.BlockData{Data: f.data}, Metadata: &common.BlockMetadata{Metadata: [][]byte{nil, nil, f.flags}}}
	payload := encode(f, &peer.ProposalResponsePayload{ProposalHash: []byte("hash"), Extension: encode(f, &peer.ChaincodeAction{
		Response: &peer.Response{Status: http.StatusOK, Payload: encode(f, b)}, ChaincodeId: &peer.ChaincodeID{Name: name}})})
	before, after, _ := bytes.Cut(payload, data)
	return &answer{before, after, by.identity, by.sign(f, append(bytes.Clone(payload), by.identity...))}
}

// opened is the transaction of a proof, taken apart.
type opened struct {
	creator      signer
	channel      *common.ChannelHeader
	header       *common.SignatureHeader
	proposal     []byte
	response     *peer.ProposalResponsePayload
	action       *peer.ChaincodeAction
	endorsements []*peer.Endorsement
}

func (f *forgery) open() *opened {
	var e common.Envelope
	var p common.Payload
	var tx peer.Transaction
	var a peer.ChaincodeActionPayload
	o := &opened{creator: f.user, channel: &common.ChannelHeader{}, header: &common.SignatureHeader{},
		response: &peer.ProposalResponsePayload{}, action: &peer.ChaincodeAction{}}
	decode(f, f.data[f.tx], &e)
	decode(f, e.Payload, &p)
	decode(f, p.Header.ChannelHeader, o.channel)
	decode(f, p.Header.SignatureHeader, o.header)
	decode(f, p.Data, &tx)
	decode(f, tx.Actions[0].Payload, &a)
	decode(f, a.Action.ProposalResponsePayload, o.response)
	decode(f, o.response.Extension, o.action)
	o.proposal, o.endorsements = a.ChaincodeProposalPayload, a.Action.Endorsements
	return o
}

// propose makes somebody the creator, and the id theirs.
func (f *forgery) propose(o *opened, by signer) {
	o.creator, o.header.Creator = by, by.identity
	id := sha256.Sum256(append(bytes.Clone(o.header.Nonce), by.identity...))
	o.channel.TxId = hex.EncodeToString(id[:])
}

// endorse has members answer the proposal as it is now.
func (f *forgery) endorse(o *opened, by ...signer) {
	sum := sha256.Sum256(slices.Concat(encode(f, o.channel), encode(f, o.header), o.proposal))
	o.response.ProposalHash, o.response.Extension = sum[:], encode(f, o.action)
	o.endorsements = nil
	for _, s := range by {
		message := append(encode(f, o.response), s.identity...)
		o.endorsements = append(o.endorsements, &peer.Endorsement{Endorser: s.identity, Signature: s.sign(f, message)})
	}
}

// put signs the transaction as its creator, and puts it back.
func (f *forgery) put(o *opened) {
	payload := f.payload(o)
	f.data[f.tx] = encode(f, &common.Envelope{Payload: payload, Signature: o.creator.sign(f, payload)})
}

func (f *forgery) payload(o *opened) []byte {
	action := encode(f, &peer.ChaincodeActionPayload{ChaincodeProposalPayload: o.proposal, Action: &peer.ChaincodeEndorsedAction{
		ProposalResponsePayload: encode(f, o.response), Endorsements: o.endorsements}})
	header := &common.Header{ChannelHeader: encode(f, o.channel), SignatureHeader: encode(f, o.header)}
	return encode(f, &common.Payload{Header: header,
		Data: encode(f, &peer.Transaction{Actions: []*peer.TransactionAction{{Header: header.SignatureHeader, Payload: action}}})})
}
