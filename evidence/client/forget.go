package client

import (
	"crypto/sha256"
	"fmt"
	"slices"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// Forget gives up a capability for good, and answers false if none of that id is held. The server is not told: only
// those who delegated a capability can revoke it there.
func (h *Holdings) Forget(id string) (bool, error) {
	h.changing.Lock()
	defer h.changing.Unlock()
	all, err := h.scan(heldPrefix)
	if err != nil {
		return false, err
	}
	at := slices.IndexFunc(all, func(one holding) bool { return one.capability.ID == id })
	if at < 0 {
		return false, nil
	}
	expires, err := all[at].capability.Expires.MarshalText()
	if err != nil {
		return false, err
	}
	err = h.store.Apply(driver.Change{Key: all[at].key()}, driver.Change{Key: forgottenKey(id), Value: expires})
	return err == nil, err
}

const forgottenPrefix = "forgotten/"

// forgottenKey is where a mark lies that a capability was given up. Its value is when the capability expires.
func forgottenKey(id string) []byte {
	return fmt.Appendf(nil, "%s%x", forgottenPrefix, sha256.Sum256([]byte(id)))
}

func (h *Holdings) refuseForgotten(id string) error {
	_, gone, err := h.store.Get(forgottenKey(id))
	if err != nil {
		return fmt.Errorf("look for capability %s: %w", id, err)
	}
	if gone {
		return ErrForgotten
	}
	return nil
}

// dropExpiredMarks deletes the marks of capabilities that nobody could hand over again, since they have expired.
func (h *Holdings) dropExpiredMarks() error {
	var drop []driver.Change
	err := h.store.Scan([]byte(forgottenPrefix), nil, func(key, value []byte) bool {
		var expires time.Time
		if expires.UnmarshalText(value) == nil && expires.Before(h.now()) {
			drop = append(drop, driver.Change{Key: slices.Clone(key)})
		}
		return true
	})
	if err == nil && len(drop) > 0 {
		err = h.store.Apply(drop...)
	}
	if err != nil {
		return fmt.Errorf("drop marks of forgotten capabilities: %w", err)
	}
	return nil
}
