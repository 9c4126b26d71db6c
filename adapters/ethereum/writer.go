package ethereum

import (
	"crypto"
	"sync"
	"time"

	"github.com/ethereum/go-ethereum/common"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/ethereum/account"
	"github.com/ftagateway/ftagateway/adapters/ethereum/binding"
)

// writer is what a ledger writes with.
type writer struct {
	*account.Account
	fees fees

	turn            // of signing: a nonce is given once
	last  uint64    // nonce that was given last
	given time.Time // and when

	mu   sync.Mutex
	sent map[common.Hash]time.Time // when a transaction was last sent from here
}

// openWriter finds the account's key: that of the ledger section, or the environment's own if it is of the right kind. A
// gateway's transport key is not, and then the ledger is read only; so is one whose section does not say how to write.
func openWriter(b *binding.Binding, given crypto.Signer) (*writer, error) {
	if !b.OffersAppend() {
		return nil, nil
	}
	signer, err := signerOf(b.Section.Signer)
	if err != nil {
		return nil, driver.Errorf(driver.Invalid, "ledger: %w", err)
	}
	if signer == nil && given != nil {
		if _, err := account.New(given); err == nil {
			signer = given
		}
	}
	if signer == nil {
		return nil, nil
	}
	a, err := account.New(signer)
	if err != nil {
		return nil, driver.Errorf(driver.Invalid, "ledger.signer: %w", err)
	}
	return &writer{Account: a, fees: feesOf(b.Section.Fees), turn: newTurn(), sent: map[common.Hash]time.Time{}}, nil
}

func signerOf(s *binding.Signer) (crypto.Signer, error) {
	switch {
	case s == nil:
		return nil, nil
	case s.KeyEnv != "" && s.Keystore != "":
		return nil, driver.Errorf(driver.Invalid, "signer: must have keystore or keyEnv, and not both")
	case s.KeyEnv != "":
		return account.FromEnvironment(s.KeyEnv)
	case s.Keystore != "":
		return account.FromKeystore(s.Keystore, s.PasswordEnv)
	}
	return nil, driver.Errorf(driver.Invalid, "signer: must have keystore with passwordEnv, or keyEnv")
}

// note remembers that a transaction was sent, and since reports how long ago; a restart has forgotten it.
func (w *writer) note(tx common.Hash, at time.Time) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(w.sent) > 10_000 {
		clear(w.sent) // it is sent again, which changes nothing
	}
	w.sent[tx] = at
}

func (w *writer) since(tx common.Hash, now time.Time) (time.Duration, bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	at, ok := w.sent[tx]
	return now.Sub(at), ok
}
