package fabric

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/pem"
	"math/big"
	"testing"
	"time"

	"github.com/golang/protobuf/ptypes/timestamp"
	"github.com/hyperledger/fabric-protos-go/common"
	"github.com/hyperledger/fabric-protos-go/ledger/rwset"
	"github.com/hyperledger/fabric-protos-go/ledger/rwset/kvrwset"
	"github.com/hyperledger/fabric-protos-go/msp"
	"github.com/hyperledger/fabric-protos-go/peer"
	"google.golang.org/protobuf/protoadapt"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/fabric/member"
)

// blocks makes blocks as an ordering service and a peer do, for cases that a real network does not show on demand.
type blocks struct {
	t           testing.TB
	key         *ecdsa.PrivateKey
	certificate []byte
	number      uint64
	previous    []byte
}

func newBlocks(t testing.TB) *blocks {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "User1"}}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	return &blocks{t: t, key: key, certificate: pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})}
}

func (c *blocks) encode(m protoadapt.MessageV1) []byte {
	raw, err := encode(m)
	if err != nil {
		c.t.Fatal(err)
	}
	return raw
}

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// transaction signs writes to a chaincode's states.
func (c *blocks) transaction(id, chaincode string, writes ...*kvrwset.KVWrite) []byte {
	set := &rwset.TxReadWriteSet{NsRwset: []*rwset.NsReadWriteSet{{Namespace: chaincode, Rwset: c.encode(&kvrwset.KVRWSet{Writes: writes})}}}
	response := &peer.ProposalResponsePayload{Extension: c.encode(&peer.ChaincodeAction{Results: c.encode(set)})}
	action := &peer.ChaincodeActionPayload{Action: &peer.ChaincodeEndorsedAction{ProposalResponsePayload: c.encode(response)}}
	header := &common.ChannelHeader{Type: int32(common.HeaderType_ENDORSER_TRANSACTION), TxId: id, Timestamp: &timestamp.Timestamp{Seconds: noon.Unix()}}
	creator := &msp.SerializedIdentity{Mspid: "Org1MSP", IdBytes: c.certificate}
	payload := c.encode(&common.Payload{
		Header: &common.Header{ChannelHeader: c.encode(header), SignatureHeader: c.encode(&common.SignatureHeader{Creator: c.encode(creator)})},
		Data:   c.encode(&peer.Transaction{Actions: []*peer.TransactionAction{{Payload: c.encode(action)}}}),
	})
	return c.encode(&common.Envelope{Payload: payload, Signature: c.sign(payload)})
}

// sign signs as members do, with the lower of the two values that S may have.
func (c *blocks) sign(message []byte) []byte {
	sum := sha256.Sum256(message)
	r, s, err := ecdsa.Sign(rand.Reader, c.key, sum[:])
	if err != nil {
		c.t.Fatal(err)
	}
	if other := new(big.Int).Sub(c.key.Params().N, s); other.Cmp(s) < 0 {
		s = other
	}
	der, err := asn1.Marshal(struct{ R, S *big.Int }{r, s})
	if err != nil {
		c.t.Fatal(err)
	}
	return der
}

// block puts transactions into the next block; flags are their validity, valid where there is none.
func (c *blocks) block(data [][]byte, flags ...peer.TxValidationCode) *common.Block {
	filter := make([]byte, len(data))
	for i, f := range flags {
		filter[i] = byte(f)
	}
	sum := sha256.Sum256(bytes.Join(data, nil))
	b := &common.Block{
		Header:   &common.BlockHeader{Number: c.number, PreviousHash: c.previous, DataHash: sum[:]},
		Data:     &common.BlockData{Data: data},
		Metadata: &common.BlockMetadata{Metadata: [][]byte{nil, nil, filter}},
	}
	hash, err := blockHash(b.Header)
	if err != nil {
		c.t.Fatal(err)
	}
	c.number, c.previous = c.number+1, hash
	return b
}

// author is whom the blocks' transactions are by.
func (c *blocks) author() driver.Author {
	id, err := member.Read(c.encode(&msp.SerializedIdentity{Mspid: "Org1MSP", IdBytes: c.certificate}))
	if err != nil {
		c.t.Fatal(err)
	}
	return authorOf(id)
}

func put(state, value string) *kvrwset.KVWrite {
	return &kvrwset.KVWrite{Key: state, Value: []byte(value)}
}

// plain is an index of a chaincode that keeps its entries under their keys.
func plain(t testing.TB) *draft {
	s, err := parseSchema([]byte(`{"entries":{"state":"{key}"}}`))
	if err != nil {
		t.Fatal(err)
	}
	return newDraft(newIndex(memory(t), "g", "cc", nil), s, "cc", nil)
}

func (d *draft) mustAdd(t *testing.T, blocks ...*common.Block) {
	t.Helper()
	for _, b := range blocks {
		if err := d.add(b); err != nil {
			t.Fatal(err)
		}
	}
	if err := d.commit(); err != nil {
		t.Fatal(err)
	}
}

func TestOnlyValidWritesCount(t *testing.T) {
	c, d := newBlocks(t), plain(t)
	first, rival := c.transaction("t1", "cc", put("k", "one")), c.transaction("t2", "cc", put("k", "two"))
	d.mustAdd(t, c.block([][]byte{first, rival}, peer.TxValidationCode_VALID, peer.TxValidationCode_MVCC_READ_CONFLICT))
	newest, err := newestOf(d, "k")
	e, err2 := d.version("k", 1)
	if err != nil || err2 != nil || newest != 1 || string(e.Body) != "one" || e.Tx != "t1" || !e.Time.Equal(noon) || e.Contradiction != "" {
		t.Fatalf("%d, %+v, %v, %v", newest, e, err, err2)
	}
	if want := c.author(); e.Author.ID != want.ID {
		t.Errorf("author %s, want %s", e.Author.ID, want.ID)
	}
	o, err := d.outcome("t2")
	if err != nil || o == nil || o.code() != driver.Conflict {
		t.Errorf("%+v, %v: who comes second is in conflict", o, err)
	}
}

func TestADeletionIsAVersion(t *testing.T) {
	c, d := newBlocks(t), plain(t)
	d.mustAdd(t, c.block([][]byte{c.transaction("t1", "cc", put("k", "one"))}),
		c.block([][]byte{c.transaction("t2", "cc", &kvrwset.KVWrite{Key: "k", IsDelete: true}), c.transaction("t3", "cc", put("k", "three"))}))
	gone, err := d.version("k", 2)
	back, err2 := d.version("k", 3)
	if err != nil || err2 != nil || !gone.Deleted || gone.Body != nil || back.Deleted || string(back.Body) != "three" || back.Index != 1 {
		t.Errorf("%+v, %+v, %v, %v", gone, back, err, err2)
	}
}

func TestOthersStatesAreNotOurs(t *testing.T) {
	c, d := newBlocks(t), plain(t)
	d.mustAdd(t, c.block([][]byte{c.transaction("t1", "other", put("k", "x")), []byte("no envelope"), c.transaction("t2", "cc", put("\x00composite\x00", "x"))},
		peer.TxValidationCode_VALID, peer.TxValidationCode_BAD_PAYLOAD))
	if newest, err := newestOf(d, "k"); newest != 0 || err != nil {
		t.Errorf("version %d, %v", newest, err)
	}
	if o, err := d.outcome("t1"); o != nil || err != nil {
		t.Errorf("%+v, %v", o, err)
	}
}

// TestATransactionThatComesTwiceHasOneEffect: it is sent again when nobody knows whether an orderer has it.
func TestATransactionThatComesTwiceHasOneEffect(t *testing.T) {
	c, d := newBlocks(t), plain(t)
	tx := c.transaction("t1", "cc", put("k", "one"))
	d.mustAdd(t, c.block([][]byte{tx}), c.block([][]byte{tx}, peer.TxValidationCode_DUPLICATE_TXID))
	o, err := d.outcome("t1")
	if err != nil || o.Version != 1 || o.Position.Height != 0 {
		t.Errorf("%+v, %v", o, err)
	}
}

// TestASignatureOfSomebodyElseIsTold: the peer says that the transaction is valid, and the entry contradicts it.
func TestASignatureOfSomebodyElseIsTold(t *testing.T) {
	c, d := newBlocks(t), plain(t)
	honest := newBlocks(t)
	honest.certificate = c.certificate // and another key
	d.mustAdd(t, c.block([][]byte{honest.transaction("t1", "cc", put("k", "one"))}))
	if e, err := d.version("k", 1); err != nil || e.Contradiction == "" {
		t.Errorf("%+v, %v", e, err)
	}
}

func TestBlocksThatDoNotFitAreRefused(t *testing.T) {
	for name, bend := range map[string]func(b *common.Block){
		"a gap":                func(b *common.Block) { b.Header.Number++ },
		"another predecessor":  func(b *common.Block) { b.Header.PreviousHash = make([]byte, 32) },
		"other data":           func(b *common.Block) { b.Data.Data[0] = append(bytes.Clone(b.Data.Data[0]), 0) },
		"a transaction less":   func(b *common.Block) { b.Data.Data = nil },
		"no validity":          func(b *common.Block) { b.Metadata.Metadata[common.BlockMetadataIndex_TRANSACTIONS_FILTER] = nil },
		"no metadata":          func(b *common.Block) { b.Metadata = nil },
		"no header":            func(b *common.Block) { b.Header = nil },
		"validity of too many": func(b *common.Block) { b.Metadata.Metadata[2] = []byte{0, 0} },
	} {
		t.Run(name, func(t *testing.T) {
			c, d := newBlocks(t), plain(t)
			d.mustAdd(t, c.block([][]byte{c.transaction("t1", "cc", put("k", "one"))}))
			b := c.block([][]byte{c.transaction("t2", "cc", put("k", "two"))})
			bend(b)
			if err := d.add(b); driver.CodeOf(err) != driver.Corrupt {
				t.Errorf("%v, want %s", err, driver.Corrupt)
			}
			if newest, _ := newestOf(d.index, "k"); newest != 1 {
				t.Errorf("version %d: a block that is refused has no effect", newest)
			}
		})
	}
}

// FuzzBlock: whatever a peer answers for a block is read or refused, and never crashes.
func FuzzBlock(f *testing.F) {
	c := newBlocks(f)
	b := c.block([][]byte{c.transaction("t1", "cc", put("k", "one"))})
	f.Add(c.encode(b))
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, raw []byte) {
		var b common.Block
		if decode(raw, &b) == nil {
			_ = plain(t).add(&b)
		}
	})
}
