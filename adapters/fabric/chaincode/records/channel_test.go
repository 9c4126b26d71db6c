package records_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"math/big"
	"testing"
	"time"

	"github.com/hyperledger/fabric-protos-go-apiv2/ledger/queryresult"
	"github.com/hyperledger/fabric-protos-go-apiv2/msp"
	"github.com/hyperledger/fabric-protos-go-apiv2/peer"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/timestamppb"

	"github.com/ftagateway/ftagateway/adapters/fabric/chaincode/records"
)

// channel is a ledger that simulates and commits as Fabric does: what a transaction has read must still stand when it is
// committed.
type channel struct {
	t         *testing.T
	chaincode *records.Chaincode
	states    map[string][]*queryresult.KeyModification
	broken    error // what the state database answers, where it answers nothing else
	clock     time.Time
	txs       int
	members   map[string][]byte
}

func newChannel(t *testing.T, writers ...string) *channel {
	return &channel{t: t, chaincode: records.New(writers), states: map[string][]*queryresult.KeyModification{},
		clock: time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC), members: map[string][]byte{}}
}

// simulate plays a proposal of a member of an organisation, which changes nothing yet.
func (c *channel) simulate(msp string, args ...any) (*stub, *peer.Response) {
	c.txs++
	c.clock = c.clock.Add(time.Second)
	s := &stub{on: c, tx: fmt.Sprintf("tx%d", c.txs), time: timestamppb.New(c.clock), creator: c.member(msp),
		reads: map[string]int{}, writes: map[string][]byte{}}
	for _, a := range args {
		s.args = append(s.args, fmt.Append(nil, a))
		if b, ok := a.([]byte); ok {
			s.args[len(s.args)-1] = b
		}
	}
	return s, c.chaincode.Invoke(s)
}

// commit validates a simulation, and brings its writes to the ledger if nothing it read has changed.
func (c *channel) commit(s *stub) (valid bool) {
	for key, version := range s.reads {
		if len(c.states[key]) != version {
			return false
		}
	}
	for key, value := range s.writes {
		c.states[key] = append(c.states[key], &queryresult.KeyModification{TxId: s.tx, Value: value, Timestamp: s.time})
	}
	return true
}

// submit simulates and commits; it gives the response.
func (c *channel) submit(msp string, args ...any) *peer.Response {
	c.t.Helper()
	s, r := c.simulate(msp, args...)
	if r.Status == 200 && !c.commit(s) {
		c.t.Fatalf("%v: not valid, though nobody else writes", args)
	}
	return r
}

// ask expects a query to be answered.
func (c *channel) ask(args ...any) []byte {
	c.t.Helper()
	_, r := c.simulate("Org1MSP", args...)
	if r.Status != 200 {
		c.t.Fatalf("%v: status %d: %s", args, r.Status, r.Message)
	}
	return r.Payload
}

// member is the identity of somebody of an organisation, as a transaction names its creator.
func (c *channel) member(id string) []byte {
	if known := c.members[id]; known != nil {
		return known
	}
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		c.t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "User1"}}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		c.t.Fatal(err)
	}
	c.members[id], err = proto.Marshal(&msp.SerializedIdentity{Mspid: id,
		IdBytes: pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})})
	if err != nil {
		c.t.Fatal(err)
	}
	return c.members[id]
}
