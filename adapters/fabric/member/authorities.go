package member

import (
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"strings"
	"time"
)

// Authorities are an organisation's certificate authorities. They vouch for its members.
type Authorities struct {
	roots, intermediates *x509.CertPool
}

// ParseAuthorities reads certificates in PEM, one after the other: at least one root, and any intermediates.
func ParseAuthorities(roots, intermediates string) (*Authorities, error) {
	a := &Authorities{}
	var found int
	var err error
	if a.roots, found, err = pool(roots); err != nil {
		return nil, fmt.Errorf("roots: %w", err)
	}
	if found == 0 {
		return nil, errors.New("roots: must hold a certificate in PEM")
	}
	if a.intermediates, _, err = pool(intermediates); err != nil {
		return nil, fmt.Errorf("intermediates: %w", err)
	}
	return a, nil
}

func pool(text string) (*x509.CertPool, int, error) {
	p, found := x509.NewCertPool(), 0
	for rest := []byte(strings.TrimSpace(text)); len(rest) > 0; found++ {
		var block *pem.Block
		if block, rest = pem.Decode(rest); block == nil {
			return nil, 0, errors.New("not certificates in PEM, one after the other")
		}
		cert, err := x509.ParseCertificate(block.Bytes)
		if err != nil {
			return nil, 0, err
		}
		p.AddCert(cert)
	}
	return p, found, nil
}

// Vouch says whether a chain of certificates leads from a member to a root. As in Fabric, an authority is no member, and
// the chain is judged at the time from which the member's certificate counts, so that what was signed once does not
// become invalid when the certificate ends: peers and orderers refuse a member with an expired certificate when it
// submits, and a proof is kept for longer.
func (a *Authorities) Vouch(i *Identity) error {
	if i.cert.IsCA {
		return fmt.Errorf("a member of %s must not be a certificate authority", i.MSP)
	}
	_, err := i.cert.Verify(x509.VerifyOptions{
		Roots: a.roots, Intermediates: a.intermediates, CurrentTime: i.cert.NotBefore.Add(time.Second),
	})
	if err != nil {
		return fmt.Errorf("the certificate leads to no root of %s: %w", i.MSP, err)
	}
	return nil
}
