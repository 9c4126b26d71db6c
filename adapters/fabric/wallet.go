package fabric

import (
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/fabric/member"
)

// identity is a member of an organisation, as the SDKs' wallets keep it: NAME.id in a folder.
type identity struct {
	MSP         string `json:"mspId"`
	Type        string `json:"type"`
	Version     int    `json:"version"`
	Credentials struct {
		Certificate string `json:"certificate"` // PEM
		PrivateKey  string `json:"privateKey"`  // PEM
	} `json:"credentials"`
}

const maxIdentity = 256 << 10

// walletStamp tells whether an identity's file was changed; the zero one is of a file that is not there.
type walletStamp struct {
	changed time.Time
	size    int64
}

func (t *target) stamp() walletStamp {
	info, err := os.Stat(identityFile(t.wallet, t.user))
	if err != nil {
		return walletStamp{}
	}
	return walletStamp{info.ModTime(), info.Size()}
}

func identityFile(wallet, user string) string { return filepath.Join(wallet, user+".id") }

// readIdentity reads who the driver is on the network. What it says is checked here, and what the network thinks of it
// when it is used.
func readIdentity(wallet, user string) (*identity, error) {
	data, err := readFile(identityFile(wallet, user), maxIdentity)
	if err != nil {
		return nil, driver.Errorf(driver.Invalid, "Fabric wallet: %w", err)
	}
	var id identity
	if err := json.Unmarshal(data, &id); err != nil {
		return nil, driver.Errorf(driver.Invalid, "Fabric wallet: identity %q cannot be read: it must be JSON as SDKs write it", user)
	}
	if err := id.check(); err != nil {
		return nil, driver.Errorf(driver.Invalid, "Fabric wallet: identity %q: %w", user, err)
	}
	return &id, nil
}

// whoIs reads who the driver is now: a member of the organisation that the profile speaks for.
func (l *Ledger) whoIs() (*identity, error) {
	id, err := readIdentity(l.target.wallet, l.target.user)
	if err == nil && id.MSP != l.profile.msp {
		return nil, driver.Errorf(driver.Invalid, "Fabric wallet: identity %q: mspId %q must be %q, that of the connection profile's client",
			l.target.user, id.MSP, l.profile.msp)
	}
	return id, err
}

func (id *identity) check() error {
	if id.Type != "X.509" {
		return fmt.Errorf("type %q must be X.509", id.Type)
	}
	if id.MSP == "" {
		return errors.New("mspId is missing")
	}
	if _, err := member.ParseCertificate([]byte(id.Credentials.Certificate)); err != nil {
		return fmt.Errorf("credentials.certificate: %w", err)
	}
	if block, _ := pem.Decode([]byte(id.Credentials.PrivateKey)); block == nil {
		return errors.New("credentials.privateKey: not PEM")
	}
	return nil
}
