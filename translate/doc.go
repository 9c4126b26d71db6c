// Package translate turns what a partner's ledger holds into the records of the shared model, and back.
//
// A Mapping is the whole knowledge about one ledger's shape: how a native entry becomes a record, how a record becomes
// the bytes and lookups that are written, how a key of the ledger becomes a record's id, and what the driver must know
// about the ledger's own side. The builtin mapping "record" is the identity: the entry's body is the record itself.
//
// Every mapping keeps these laws:
//
//   - It is a pure function of its definition and of the entry: it reads no clock, no configuration, no ledger.
//   - It never guesses. What it cannot translate is a schemas.Faults that names field, value and rule.
//   - What it gives is a record under its closed schema, in both directions: nothing else enters, nothing else leaves.
//   - To and back loses nothing that the model knows: Record of what Body gave is the same record, byte for byte.
//   - ID and Key are each other's inverse on the keys that the mapping knows.
//   - Its definition is data, and Digest is over that data. Two mappings with one digest translate alike, so what was
//     found out under a digest may be kept for ever; who changes what a mapping does, changes its definition.
//
// Bytes move in drivers, shapes change here, meaning lives in package model, and belief in package trust.
package translate
