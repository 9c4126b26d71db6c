// Package member reads who a member of a Fabric network is, and whether an organisation vouches for it. It knows no SDK.
package member

import (
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"encoding/pem"
	"errors"
	"fmt"
	"slices"

	"github.com/hyperledger/fabric-protos-go/msp"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/protoadapt"
)

// Identity is a member: an organisation, by the id of its MSP, and a certificate.
type Identity struct {
	MSP  string
	PEM  []byte // the certificate as the network has it
	cert *x509.Certificate
}

// Read reads an identity as Fabric's messages hold it. Whether any of it is true Authorities and Signed say.
func Read(serialized []byte) (*Identity, error) {
	var m msp.SerializedIdentity
	if err := proto.Unmarshal(serialized, protoadapt.MessageV2Of(&m)); err != nil {
		return nil, fmt.Errorf("identity cannot be read: %w", err)
	}
	if m.Mspid == "" {
		return nil, errors.New("identity names no MSP")
	}
	cert, err := ParseCertificate(m.IdBytes)
	if err != nil {
		return nil, fmt.Errorf("certificate of a member of %.64q: %w", m.Mspid, err)
	}
	return &Identity{m.Mspid, m.IdBytes, cert}, nil
}

// ParseCertificate reads a certificate as Fabric has it, in PEM.
func ParseCertificate(text []byte) (*x509.Certificate, error) {
	block, _ := pem.Decode(text)
	if block == nil {
		return nil, errors.New("not PEM")
	}
	return x509.ParseCertificate(block.Bytes)
}

// ID is the MSP id, a colon, and the SHA-256 of the certificate in DER, in hexadecimal.
func (i *Identity) ID() string { return ID(i.MSP, i.cert.Raw) }

// ID names a member by its MSP and its certificate in DER, as driver.Author does.
func ID(mspID string, der []byte) string {
	sum := sha256.Sum256(der)
	return mspID + ":" + hex.EncodeToString(sum[:])
}

// DER is the certificate without its dress.
func (i *Identity) DER() []byte { return i.cert.Raw }

// Member is the role of everybody whom an organisation vouches for.
const Member = "member"

// roles are told apart by an organisational unit of the certificate's subject, which Fabric calls node OUs.
var roles = []string{"admin", "client", "orderer", "peer"}

// IsRole reports whether a policy may name it.
func IsRole(role string) bool { return role == Member || slices.Contains(roles, role) }

// Is reports whether the certificate gives the role. A certificate with several roles has none, as in Fabric.
func (i *Identity) Is(role string) bool {
	if role == Member {
		return true
	}
	var has []string
	for _, unit := range i.cert.Subject.OrganizationalUnit {
		if slices.Contains(roles, unit) {
			has = append(has, unit)
		}
	}
	return len(has) == 1 && has[0] == role
}
