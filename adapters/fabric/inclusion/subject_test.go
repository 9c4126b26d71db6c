package inclusion_test

import (
	"context"
	"encoding/json"
	"net/url"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/golang/protobuf/ptypes/timestamp"
	"github.com/hyperledger/fabric-protos-go/common"
	"github.com/hyperledger/fabric-protos-go/ledger/rwset"
	"github.com/hyperledger/fabric-protos-go/ledger/rwset/kvrwset"
	"github.com/hyperledger/fabric-protos-go/peer"

	"github.com/ftagateway/ftagateway/adapters/driver"
	_ "github.com/ftagateway/ftagateway/adapters/fabric"
	"github.com/ftagateway/ftagateway/adapters/fabric/inclusion"
	"github.com/ftagateway/ftagateway/adapters/fabric/member"
	"github.com/ftagateway/ftagateway/adapters/store"
)

// subject is an entry with its proof, and the keys of those who signed, for forgeries to be signed as rightly as they
// can be.
type subject struct {
	entry                              *driver.Entry
	proof                              *driver.Proof
	anchors                            driver.Anchors
	orderer, peer1, peer2, user, user2 signer
	ca                                 signer // the authority of Org1
}

// made is a subject of two organisations that exist here alone, in the form that the real network has.
func made(t testing.TB) *subject {
	t.Helper()
	ord, one, two := newAuthority(t, "OrdererMSP"), newAuthority(t, "Org1MSP"), newAuthority(t, "Org2MSP")
	s := &subject{orderer: ord.member(t, "orderer"), peer1: one.member(t, "peer"), peer2: two.member(t, "peer"),
		user: one.member(t, "client"), user2: two.member(t, "client"), ca: one.self(t)}
	s.anchors = anchorsOf(t, ord, one, two)
	f := &forgery{TB: t, subject: s, number: 7, previous: make([]byte, 32), value: []byte("orderers' metadata"), tx: 1,
		orderers: []signer{s.orderer}, answerers: []signer{s.peer1, s.peer2}}
	f.data = [][]byte{[]byte("another transaction"), nil}
	f.flags = []byte{byte(peer.TxValidationCode_BAD_PAYLOAD), byte(peer.TxValidationCode_VALID)}
	o := &opened{
		channel: &common.ChannelHeader{Type: int32(common.HeaderType_ENDORSER_TRANSACTION), ChannelId: "trade",
			Timestamp: &timestamp.Timestamp{Seconds: began.Unix(), Nanos: 7}},
		header: &common.SignatureHeader{Nonce: []byte("nonce")}, proposal: []byte("append"), response: &peer.ProposalResponsePayload{},
		action: &peer.ChaincodeAction{Results: f.writes("fta", stateOf("k", "00000000000000000002"), `{"body":"Ym9keQ=="}`)},
	}
	f.propose(o, s.user)
	f.endorse(o, s.peer1, s.peer2)
	f.put(o)
	s.entry = &driver.Entry{Key: "k", Version: 2, Body: []byte("body"), Author: authorOf(t, s.user),
		Position: driver.Position{Height: 7, Tx: o.channel.TxId, Time: time.Unix(began.Unix(), 7).UTC(), Final: true}}
	s.proof = f.proof()
	return s
}

func stateOf(key, version string) string { return "\x00version\x00" + key + "\x00" + version + "\x00" }

// writes is a read-write set with one write.
func (f *forgery) writes(chaincode, state, value string) []byte {
	kv := encode(f, &kvrwset.KVRWSet{Writes: []*kvrwset.KVWrite{{Key: state, Value: []byte(value), IsDelete: value == ""}}})
	return encode(f, &rwset.TxReadWriteSet{NsRwset: []*rwset.NsReadWriteSet{{Namespace: "_lifecycle"}, {Namespace: chaincode, Rwset: kv}}})
}

func authorOf(t testing.TB, s signer) driver.Author {
	id, err := member.Read(s.identity)
	if err != nil {
		t.Fatal(err)
	}
	return driver.Author{Kind: "x509", ID: id.ID(), Evidence: id.PEM}
}

func anchorsOf(t testing.TB, ord, one, two *authority) driver.Anchors {
	text, err := json.Marshal(inclusion.Anchors{
		Channel: "trade", Chaincode: "fta", Orderers: map[string]inclusion.Organisation{ord.msp: {Roots: ord.pem}},
		Organisations: map[string]inclusion.Organisation{one.msp: {Roots: one.pem}, two.msp: {Roots: two.pem}},
		Blocks:        "ANY orderer", Endorsement: "MAJORITY peer", Validity: "AND('Org1MSP.peer', 'Org2MSP.peer')",
	})
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// running is a subject of the network whose folder is in FTA_FABRIC: an entry that is written now.
func running(t *testing.T) *subject {
	t.Helper()
	data := os.Getenv("FTA_FABRIC")
	if data == "" {
		t.Skip("FTA_FABRIC names no folder of a Fabric network; deploy/fabric/start.sh starts one and prints its folder")
	}
	peers := filepath.Join(data, "crypto", "peerOrganizations")
	one, two := filepath.Join(peers, "org1.example.com"), filepath.Join(peers, "org2.example.com")
	s := &subject{
		orderer: readSigner(t, "OrdererMSP", filepath.Join(data, "crypto/ordererOrganizations/example.com/orderers/orderer.example.com")),
		peer1:   readSigner(t, "Org1MSP", filepath.Join(one, "peers/peer0.org1.example.com")),
		peer2:   readSigner(t, "Org2MSP", filepath.Join(two, "peers/peer0.org2.example.com")),
		user:    readSigner(t, "Org1MSP", filepath.Join(one, "users/User1@org1.example.com")),
		user2:   readSigner(t, "Org2MSP", filepath.Join(two, "users/User1@org2.example.com")),
		ca:      signerOf(t, "Org1MSP", only(t, filepath.Join(one, "ca/*.pem")), only(t, filepath.Join(one, "ca/priv_sk"))),
		anchors: only(t, filepath.Join(data, "sdk", "anchors.json")),
	}
	s.entry, s.proof = written(t, filepath.Join(data, "sdk", "Org1"))
	return s
}

// written writes an entry, and has it proven.
func written(t *testing.T, sdk string) (*driver.Entry, *driver.Proof) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	kv := store.Memory()
	defer kv.Close()
	q := url.Values{"channel": {"trade"}, "wallet": {filepath.Join(sdk, "wallet")}, "user": {"User1"}}
	u := url.URL{Scheme: "fabric", Opaque: filepath.Join(sdk, "connection.yaml"), RawQuery: q.Encode()}
	l, err := driver.Open(ctx, u.String(), driver.Env{Store: kv.Sub("x")})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	key := "proof-" + t.Name() + time.Now().Format(time.RFC3339Nano)
	if _, err := l.Append(ctx, &driver.Write{Key: key, Body: []byte("body")}); err != nil {
		t.Fatal(err)
	}
	e, err := l.Get(ctx, driver.Ref{Key: key})
	if err != nil {
		t.Fatal(err)
	}
	p, err := l.Prove(ctx, e)
	if err != nil {
		t.Fatal(err)
	}
	return e, p
}
