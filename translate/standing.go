package translate

import "fmt"

// Standing holds what the body says of its own key against the key that it stands under: one entry in the place of
// another is no entry of that key. Where the mapping does not say where the key stands (keyAt), any body may stand under
// any key. The error is a schemas.Faults. It names both keys where they are ids, which tell nothing; a ledger's own keys
// may tell something, and are named nowhere.
func (m *Mapping) Standing(d *Derived, key string) error {
	if m.lays == nil || !m.lays.compiled.SaysKey() || d.says == key {
		return nil
	}
	rule := "must be the key that the entry stands under"
	if _, err := m.shape.id(d.says); m.spelled && err == nil {
		rule += fmt.Sprintf(", %.80q, not %.80q", key, d.says)
	}
	return m.faults(m.lays.compiled.WrongKey(rule))
}
