// Package redis keeps what gateways know of chains in a Redis that they share: one of them follows a chain, all of them
// answer from it, and one that starts anew is warm at once.
//
// Redis is not trusted. All that comes from it is sealed (XChaCha20-Poly1305) by a secret that the gateways share and
// Redis does not have, and bound to what it is: the ledger, the era, the key, the version. What is garbled, cut off,
// swapped or of another place is not known, and is counted. Names are keyed hashes, so that Redis sees no id and no key.
//
// A pointer from a key to its newest version must also be of now, which a seal does not say. So whoever follows counts
// every change, the count is part of the sealed place F up to which the chain was followed, and beside F stands a table
// of the count at which a key of each bucket changed last, whose hash is in F. A pointer says the count that it was noted
// at, and holds only from the last change of its bucket up to F. An old one that is put back is therefore seen for what it
// is, no write has to be one step with another, and F, which is written last, decides. A key that changes takes the pointers
// of its bucket with it: these are asked for again.
//
// What remains to a Redis that lies is to give back all of an old state. Its time is in F, by the clock of Redis and by
// that of whoever followed: it passes for new for as long as the two clocks may differ (a minute), and no longer.
//
// Time is told by Redis alone (TIME): whoever follows says when the chain spoke by what it saw of that clock, a reader
// says how long that is ago by the answer's own. Both round to the side of the older.
package redis
