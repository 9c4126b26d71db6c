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

	turn // of signing: a nonce is given once

	mu    sync.Mutex
	last  uint64                    // nonce that was given last
	given time.Time                 // and when
	again map[common.Hash]time.Time // when a transaction is to be sent again
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
	return &writer{Account: a, fees: feesOf(b.Section.Fees), turn: newTurn(), again: map[common.Hash]time.Time{}}, nil
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

// freshNonce is how long a nonce that was given here is believed to be used, where no endpoint knows of it yet.
const freshNonce = 3 * time.Second

// next gives the nonce after those that endpoints know of, and after the one that was just given.
func (w *writer) next(waiting uint64, now time.Time) uint64 {
	w.mu.Lock()
	defer w.mu.Unlock()
	if waiting <= w.last && now.Sub(w.given) < freshNonce {
		return w.last + 1
	}
	return waiting
}

// gave remembers the nonce of what was kept, and withdraw that no endpoint took it: the next write has it again, or would
// wait for it.
func (w *writer) gave(nonce uint64, at time.Time) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.last, w.given = nonce, at
}

func (w *writer) withdraw(nonce uint64) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.last == nonce {
		w.given = time.Time{}
	}
}

// note remembers when a transaction is to be sent again, and due reports whether it is; a restart has forgotten it.
func (w *writer) note(tx common.Hash, again time.Time) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(w.again) > 10_000 {
		clear(w.again) // it is sent again, which changes nothing
	}
	w.again[tx] = again
}

func (w *writer) due(tx common.Hash, now time.Time) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return !now.Before(w.again[tx])
}
