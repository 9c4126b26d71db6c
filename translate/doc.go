// Package translate turns what a partner's ledger holds into the records of the shared model, and back.
//
// A Mapping is the whole knowledge about one ledger's shape: how a native entry becomes a record, how a record becomes
// the bytes and lookups that are written, how a key of the ledger becomes a record's id, and what the driver must know
// about the ledger's own side. The builtin mapping "record" is the identity: the entry's body is the record itself.
// Load reads any other from a YAML file of pairs, which works in both directions; docs/mappings.md explains every key.
//
// A ledger either carries our record under other names and spellings, and Record gives it byte for byte, its signature
// intact; or it knows nothing of our records, and Derive gives what an entry says: a Derived, which has neither issuer nor
// proof nor previous version.
//
// Every mapping keeps these laws:
//
//   - It is a pure function of its definition and of the entry: it reads no clock, no configuration, no ledger. The ids
//     that Keys give depend on the ledger's secret as well.
//   - It is no program. It ends, in time and memory linear in the body: see package shape.
//   - It never guesses. What it cannot translate is a schemas.Faults that names field, value and rule.
//   - What it gives is a record under its closed schema, in both directions: nothing else enters, nothing else leaves. What
//     is derived keeps its schema but for what the mapping says that the ledger's shape lacks.
//   - To and back loses nothing that the model knows: Record of what Body gave is the same record, byte for byte.
//   - ID and Key are each other's inverse on the keys that the mapping knows.
//   - Under a Policy, nothing that the policy forbids could reach the ledger: that is found out when it is loaded, before
//     there is any data.
//   - Its definition is data, and Digest is over that data. Two mappings with one digest translate alike, so what was
//     found out under a digest may be kept for ever; who changes what a mapping does, changes its definition.
//
// Test holds a mapping to these laws by its examples, Diff shows what it drops, and Init begins one from samples.
//
// Bytes move in drivers, shapes change here, meaning lives in package model, and belief in package trust.
package translate
