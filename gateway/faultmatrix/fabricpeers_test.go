package faultmatrix_test

import (
	"bytes"
	"context"
	"crypto"
	"crypto/ecdsa"
	"crypto/rand"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"encoding/asn1"
	"encoding/binary"
	"encoding/pem"
	"fmt"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/hyperledger/fabric-protos-go/common"
	"github.com/hyperledger/fabric-protos-go/msp"
	pb "github.com/hyperledger/fabric-protos-go/peer"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/protoadapt"
)

// peers stand in the place of the peers of a network, with the keys of each: by TLS they are who they say, and what they
// alter they sign.
type peers struct {
	*liar
	folder string
	keys   map[string]*ecdsa.PrivateKey // by the name of the organisation's MSP
}

// newPeers begins to stand in for the peers among the members. One address serves for all: who calls says for whom.
func newPeers(t *testing.T, folder string, members []fabricMember) *peers {
	t.Helper()
	p := &peers{liar: &liar{heard: map[string]said{}, name: byItsCall}, folder: folder, keys: map[string]*ecdsa.PrivateKey{}}
	served, known, at := &tls.Config{MinVersion: tls.VersionTLS12}, x509.NewCertPool(), map[string]string{}
	for _, m := range members {
		if m.orders() {
			continue
		}
		at[m.name+":443"] = m.address
		served.Certificates = append(served.Certificates,
			must(tls.LoadX509KeyPair(p.file(m, "tls", "server.crt"), p.file(m, "tls", "server.key")))(t))
		known.AppendCertsFromPEM(must(os.ReadFile(p.file(m, "tls", "ca.crt")))(t))
		p.holds(t, m)
	}
	p.to = func(r *http.Request) string { return "https://" + r.TLS.ServerName }
	p.client = &http.Client{Transport: &http.Transport{ForceAttemptHTTP2: true,
		TLSClientConfig: &tls.Config{MinVersion: tls.VersionTLS12, RootCAs: known},
		DialContext: func(ctx context.Context, network, name string) (net.Conn, error) {
			return new(net.Dialer).DialContext(ctx, network, at[name])
		}}}
	p.Server = httptest.NewUnstartedServer(p)
	p.TLS, p.EnableHTTP2 = served, true
	p.StartTLS()
	p.closes(t)
	return p
}

// file is a peer's file in the network's folder.
func (p *peers) file(m fabricMember, parts ...string) string {
	_, domain, _ := strings.Cut(m.name, ".")
	return filepath.Join(append([]string{p.folder, "crypto", "peerOrganizations", domain, "peers", m.name}, parts...)...)
}

// holds takes the key by which a peer signs.
func (p *peers) holds(t *testing.T, m fabricMember) {
	t.Helper()
	text := must(os.ReadFile(p.file(m, "msp", "keystore", "priv_sk")))(t)
	block, _ := pem.Decode(text)
	_, domain, _ := strings.Cut(m.name, ".")
	org, _, _ := strings.Cut(domain, ".")
	p.keys["O"+org[1:]+"MSP"] = must(x509.ParsePKCS8PrivateKey(block.Bytes))(t).(*ecdsa.PrivateKey)
}

const (
	proposals = "/protos.Endorser/ProcessProposal"
	prefix    = 5 // of a message of gRPC: whether it is compressed, and its length
)

// byItsCall names a call of a chaincode by its arguments, whoever calls and whenever, and whichever peer is called.
func byItsCall(r *http.Request, question []byte) string {
	if name, args := called(r.URL.Path, question); name != "" {
		return fmt.Sprintf("%s %q", name, args)
	}
	return r.TLS.ServerName + byItsText(r, question)
}

// called is the chaincode that a question calls, and how; empty where it is another question.
func called(path string, question []byte) (chaincode string, args [][]byte) {
	var signed pb.SignedProposal
	var proposal pb.Proposal
	var payload pb.ChaincodeProposalPayload
	var call pb.ChaincodeInvocationSpec
	if path != proposals || len(question) < prefix || decode(question[prefix:], &signed) != nil || decode(signed.ProposalBytes, &proposal) != nil ||
		decode(proposal.Payload, &payload) != nil || decode(payload.Input, &call) != nil {
		return "", nil
	}
	return call.GetChaincodeSpec().GetChaincodeId().GetName(), call.GetChaincodeSpec().GetInput().GetArgs()
}

// forge shows a block under other signatures than those of its orderers.
func (p *peers) forge(x exchange, s *said) {
	var r pb.ProposalResponse
	var b common.Block
	name, args := called(x.path, x.question)
	if name != "qscc" || string(args[0]) != "GetBlockByNumber" || len(s.body) < prefix || decode(s.body[prefix:], &r) != nil ||
		decode(r.GetResponse().GetPayload(), &b) != nil {
		return
	}
	for _, signature := range ordererSignatures(&b) {
		other := bytes.Clone(signature)
		other[len(other)-1] ^= 1
		r.Payload = bytes.ReplaceAll(r.Payload, signature, other)
		r.Response.Payload = bytes.ReplaceAll(r.Response.Payload, signature, other)
	}
	if text, err := p.signed(&r); err == nil {
		s.body = append(binary.BigEndian.AppendUint32([]byte{0}, uint32(len(text))), text...)
	}
}

func ordererSignatures(b *common.Block) (all [][]byte) {
	var m common.Metadata
	if at := int(common.BlockMetadataIndex_SIGNATURES); len(b.GetMetadata().GetMetadata()) > at {
		_ = decode(b.Metadata.Metadata[at], &m)
	}
	for _, s := range m.Signatures {
		all = append(all, s.Signature)
	}
	return all
}

// signed is an answer under the signature of the peer whose answer it was.
func (p *peers) signed(r *pb.ProposalResponse) ([]byte, error) {
	var by msp.SerializedIdentity
	if err := decode(r.GetEndorsement().GetEndorser(), &by); err != nil {
		return nil, err
	}
	sum := sha256.Sum256(append(bytes.Clone(r.Payload), r.Endorsement.Endorser...))
	var err error
	if r.Endorsement.Signature, err = sign(p.keys[by.Mspid], sum[:]); err != nil {
		return nil, err
	}
	return proto.Marshal(protoadapt.MessageV2Of(r))
}

// sign signs as Fabric does, which takes only the lower of the two values that a signature may have.
func sign(key *ecdsa.PrivateKey, digest []byte) ([]byte, error) {
	var s struct{ R, S *big.Int }
	der, err := key.Sign(rand.Reader, digest, crypto.SHA256)
	if err != nil {
		return nil, err
	}
	if _, err := asn1.Unmarshal(der, &s); err != nil {
		return nil, err
	}
	if order := key.Params().N; s.S.Cmp(new(big.Int).Rsh(order, 1)) > 0 {
		s.S.Sub(order, s.S)
	}
	return asn1.Marshal(s)
}

func decode(raw []byte, into protoadapt.MessageV1) error {
	return proto.Unmarshal(raw, protoadapt.MessageV2Of(into))
}
