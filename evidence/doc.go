// Package evidence is what the two ends of a Trade Evidence Server share: how evidence is named, where it stands, and
// what an upload answers.
//
// A partner keeps its documents and files on a server of its own and puts only their digests on a ledger. Nothing is
// given out without a capability: the partner's root key delegates a collection to each of its pairwise keys, and that
// key delegates to CBP. Each end is a package of its own, because they never run in one place for the same purpose and
// should not be linked where they are not wanted:
//
//   - server is the Trade Evidence Server; only a command imports it.
//   - accesslog is what it writes about who took what, for whoever runs it to read.
//   - client fetches and checks for a gateway, uploads and revokes for a partner, and keeps the capabilities handed over.
//
// The server does not vouch for what it serves and the client does not believe it: whether a document is the one that
// was signed is decided by its digest, where it is read.
package evidence
