package client

import (
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/trust/capability"
	"github.com/ftagateway/ftagateway/trust/did"
)

// HoldingsConfig says where capabilities are kept, and for whom.
type HoldingsConfig struct {
	Store      driver.KV // durable; this package's own corner of it
	Controller string    // did:key of the key that they are delegated to
	// RootController answers which key stands above all on the server that has a root target, where that is known,
	// for instance from a Participant document. Nil takes whoever signed the first delegation: what that is worth, the
	// server decides, and nobody gains anything but a request to a server of their own choice.
	RootController func(target string) (did string, ok bool)
	Now            func() time.Time // time.Now
}

// Holdings are the capabilities that partners handed over to one key, by the issuer who delegated them. They are safe
// for concurrent use, and what a call has changed lasts when it returns.
type Holdings struct {
	store      driver.KV
	controller string
	anchor     func(target string) (string, bool)
	now        func() time.Time
	changing   sync.Mutex // from reading what is there to writing what follows
	decoded    *decoded
}

// OpenHoldings opens the holdings in a store.
func OpenHoldings(cfg HoldingsConfig) (*Holdings, error) {
	if _, err := did.Ed25519(cfg.Controller); err != nil {
		return nil, fmt.Errorf("holdings of capabilities: controller: %w", err)
	}
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	h := &Holdings{store: cfg.Store, controller: cfg.Controller, anchor: cfg.RootController, now: cfg.Now, decoded: newDecoded()}
	return h, h.dropExpiredMarks()
}

// Errors of Add beside schemas.Faults.
var (
	// ErrForgotten means that this very capability was given up before: the partner is to delegate a new one.
	ErrForgotten = errors.New("the capability was given up before")
	// ErrTooMany means that the issuer has handed over as many as one may.
	ErrTooMany = errors.New("the issuer has handed over too many capabilities")
)

// maxPerIssuer bounds how many capabilities that have not expired are kept of one issuer.
const maxPerIssuer = 32

// Add takes a capability that was handed over. It must be delegated to the controller, allow reading, and stand on a
// chain of true delegations that have not expired; what is wrong with it is schemas.Faults. One for the same target by
// the same issuer takes the place of the earlier; the same one again changes nothing.
func (h *Holdings) Add(c *capability.Capability) (Held, error) {
	issuer, err := h.check(c)
	if err != nil {
		return Held{}, err
	}
	h.changing.Lock()
	defer h.changing.Unlock()
	added, err := newHolding(c, issuer, h.now())
	if err != nil {
		return Held{}, err
	}
	changes, err := h.room(added)
	if err != nil {
		return Held{}, err
	}
	value, err := json.Marshal(added)
	if err != nil {
		return Held{}, fmt.Errorf("encode capability %s: %w", c.ID, err)
	}
	if err := h.store.Apply(append(changes, driver.Change{Key: added.key(), Value: value})...); err != nil {
		return Held{}, fmt.Errorf("keep capability %s: %w", c.ID, err)
	}
	return added.shown(h.now()), nil
}

// room says what must go before a capability is kept: expired ones, where there are many.
func (h *Holdings) room(added holding) ([]driver.Change, error) {
	if err := h.refuseForgotten(added.capability.ID); err != nil {
		return nil, err
	}
	all, err := h.of(added.Issuer)
	if err != nil {
		return nil, err
	}
	var changes []driver.Change
	current := 0
	for _, other := range all {
		switch {
		case string(other.key()) == string(added.key()):
			if err := added.renews(other); err != nil {
				return nil, err
			}
		case other.capability.Expires.After(h.now()):
			current++
		case len(all) >= maxPerIssuer:
			changes = append(changes, driver.Change{Key: other.key()})
		}
	}
	if current >= maxPerIssuer {
		return nil, fmt.Errorf("%w: %d", ErrTooMany, current)
	}
	return changes, nil
}

// List answers all capabilities, by issuer and then the latest first.
func (h *Holdings) List() ([]Held, error) {
	all, err := h.scan(heldPrefix)
	if err != nil {
		return nil, err
	}
	list := make([]Held, 0, len(all))
	for _, one := range all {
		list = append(list, one.shown(h.now()))
	}
	return list, nil
}

const heldPrefix = "held/"

// key is where a holding lies: one for each target of an issuer.
func (h holding) key() []byte {
	return fmt.Appendf(nil, "%s%s/%x", heldPrefix, h.Issuer, sha256.Sum256([]byte(h.capability.Target)))
}

// of answers an issuer's capabilities, the latest first.
func (h *Holdings) of(issuer string) ([]holding, error) { return h.scan(heldPrefix + issuer + "/") }
