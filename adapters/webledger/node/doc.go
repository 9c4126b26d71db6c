// Package node is a Web Ledger node: it keeps one ledger, agrees on its blocks by CometBFT, and speaks the Web Ledger
// protocol over HTTP. The network of consensus runs in this process, by default with this node as its only validator.
//
// An operation's way: submit checks it against the ledger's configuration and hands it to the mempool; CometBFT puts it
// into a block; finalize makes of it, by the rules of package protocol alone, a Web Ledger block and the records as they
// stand afterwards; Commit writes both in one step to disk and wakes whoever sent the operation.
package node
