package policy_test

import (
	"crypto/ed25519"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"strings"
	"testing"

	"github.com/hyperledger/fabric-protos-go/msp"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/protoadapt"

	"github.com/ftagateway/ftagateway/adapters/fabric/member"
	"github.com/ftagateway/ftagateway/adapters/fabric/policy"
)

var organisations = []string{"Org1MSP", "Org2MSP", "Org3.MSP"}

// members are written as ORGANISATION.ROLE, one after the other; the same words are the same member.
func members(t testing.TB, text string) []*member.Identity {
	known, all := map[string]*member.Identity{}, []*member.Identity{}
	for _, word := range strings.Fields(text) {
		name, _, _ := strings.Cut(word, "#")
		dot := strings.LastIndexByte(name, '.')
		if known[word] == nil {
			known[word] = newMember(t, name[:dot], name[dot+1:])
		}
		all = append(all, known[word])
	}
	return all
}

func newMember(t testing.TB, mspID, role string) *member.Identity {
	public, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{OrganizationalUnit: strings.Split(role, "+")}}
	der, err := x509.CreateCertificate(rand.Reader, template, template, public, private)
	if err != nil {
		t.Fatal(err)
	}
	text := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
	raw, err := proto.Marshal(protoadapt.MessageV2Of(&msp.SerializedIdentity{Mspid: mspID, IdBytes: text}))
	if err != nil {
		t.Fatal(err)
	}
	id, err := member.Read(raw)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func TestPoliciesAreMetAsOnTheChannel(t *testing.T) {
	for _, tc := range []struct {
		text, signers string
		want          bool
	}{
		{"AND('Org1MSP.peer','Org2MSP.peer')", "Org2MSP.peer Org1MSP.peer", true},
		{"AND('Org1MSP.peer','Org2MSP.peer')", "Org1MSP.peer", false},
		{"AND('Org1MSP.peer', 'Org2MSP.peer')", "Org1MSP.peer Org2MSP.client", false},
		{"and(\"Org1MSP.peer\", 'Org2MSP.member')", "Org1MSP.peer Org2MSP.client", true},
		{"OR('Org1MSP.admin','Org2MSP.peer')", "Org1MSP.peer", false},
		{"OR('Org1MSP.admin','Org2MSP.peer')", "Org2MSP.peer", true},
		{"'Org3.MSP.peer'", "Org3.MSP.peer", true},
		{"OutOf(2, 'Org1MSP.peer', 'Org2MSP.peer', 'Org3.MSP.peer')", "Org1MSP.peer Org3.MSP.peer", true},
		{"OutOf('2', 'Org1MSP.peer', 'Org2MSP.peer', 'Org3.MSP.peer')", "Org3.MSP.peer", false},
		{"AND('Org1MSP.peer', OR('Org2MSP.peer', 'Org3.MSP.peer'))", "Org1MSP.peer Org3.MSP.peer", true},
		// Each signer counts once: for one role, and however often it is there.
		{"AND('Org1MSP.peer','Org1MSP.peer')", "Org1MSP.peer Org1MSP.peer", false},
		{"AND('Org1MSP.peer','Org1MSP.peer')", "Org1MSP.peer#1 Org1MSP.peer#2", true},
		{"AND('Org1MSP.member','Org1MSP.peer')", "Org1MSP.peer", false},
		// A certificate with two roles has none, and is a member.
		{"'Org1MSP.peer'", "Org1MSP.peer+client", false},
		{"'Org1MSP.member'", "Org1MSP.peer+client", true},
		{"'Org1MSP.peer'", "Org1MSP.peer+department", true},
		// A rule that is not met uses nobody up.
		{"OR(AND('Org1MSP.peer','Org2MSP.peer'),'Org1MSP.peer')", "Org1MSP.peer", true},
		{"MAJORITY peer", "Org1MSP.peer", false},
		{"MAJORITY peer", "Org1MSP.peer#1 Org1MSP.peer#2", false},
		{" MAJORITY  peer ", "Org1MSP.peer Org3.MSP.peer", true},
		{"ANY orderer", "Org2MSP.orderer", true},
		{"ALL peer", "Org1MSP.peer Org2MSP.peer", false},
		{"ALL peer", "Org1MSP.peer Org2MSP.peer Org3.MSP.peer", true},
		{"ANY member", "", false},
	} {
		p, err := policy.Parse(tc.text, organisations)
		if err != nil {
			t.Fatal(err)
		}
		if got := p.Met(members(t, tc.signers)); got != tc.want || p.String() != tc.text {
			t.Errorf("%s by %q: %t", p, tc.signers, got)
		}
	}
}

func TestPoliciesThatNobodyCanMeetAreRefused(t *testing.T) {
	deep := strings.Repeat("OR(", 9) + "'Org1MSP.peer'" + strings.Repeat(")", 9)
	for text, words := range map[string]string{
		"":                                 "must be AND(",
		"peer":                             "must be AND(",
		"ANY boss":                         `"boss"`,
		"'Org1MSP.boss'":                   "'MSP.role'",
		"'.peer'":                          "'MSP.role'",
		"'Org1MSP.peer":                    "'MSP.role'",
		"'Org4MSP.peer'":                   `"Org4MSP"`,
		"NOT('Org1MSP.peer')":              "none of AND",
		"AND()":                            "must be AND(",
		"AND('Org1MSP.peer'":               "must be , or )",
		"AND('Org1MSP.peer';":              "must be , or )",
		"AND('Org1MSP.peer') and":          "after its end",
		"OutOf(0, 'Org1MSP.peer')":         "0 of 1",
		"OutOf(-1, 'Org1MSP.peer')":        "-1 of 1",
		"OutOf(2, 'Org1MSP.peer')":         "2 of 1",
		"OutOf('Org1MSP.peer')":            "number",
		deep:                               "deep",
		strings.Repeat("é", maxText):       "bytes",
		"OR('Org1MSP.peer', 'Org1MSP.é')":  "'MSP.role'",
		"OutOf(99999999999999999999, 'a')": "number",
	} {
		if p, err := policy.Parse(text, organisations); err == nil || !strings.Contains(err.Error(), words) {
			t.Errorf("%.80q: %v, %v; want %q", text, p, err, words)
		}
	}
	if p, err := policy.Parse("ALL peer", nil); err == nil {
		t.Errorf("%v: of nobody", p)
	}
}

const maxText = 8 << 10

// FuzzParse: a policy is read or refused, and one that was read can be judged.
func FuzzParse(f *testing.F) {
	f.Add("OutOf(2, 'Org1MSP.peer', OR('Org2MSP.peer', 'Org3.MSP.member'))")
	f.Add("MAJORITY peer")
	signers := members(f, "Org1MSP.peer Org2MSP.client")
	f.Fuzz(func(t *testing.T, text string) {
		if p, err := policy.Parse(text, organisations); err == nil && p.Met(nil) {
			t.Errorf("%s is met by nobody", p)
		} else if err == nil {
			p.Met(signers)
		}
	})
}
