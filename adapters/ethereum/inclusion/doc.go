// Package inclusion shows, to somebody who does not trust a node, that an entry stands on an Ethereum chain: New makes the
// proof, and Verify checks it with no node at hand. Verify is registered for ProofType.
//
// A block's header has the roots of two tries: of its transactions, and of their receipts, in which the logs are. So a
// header, the nodes on the way to a transaction and its receipt, and the receipts before it show a log's contract, topics
// and data, who signed the transaction, and where and when all that was. What the log means as an entry is read as the
// driver reads it (package binding). The header itself is trusted for one of two reasons, which the result's method names:
//
//   - a checkpoint: the hash of that block, or of a later one to which headers lead, each naming its parent;
//   - a quorum: endpoints that this process asked itself say that the chain has that block. That is their word.
//
// Which version is the newest is not shown, nor that no other was left out. Versions that are counted, and bodies with a
// part that is called for (state), are in no log, so that there is no proof of them.
//
// A proof is JSON; bytes are base64, as encoding/json has them:
//
//	headers       RLP of the block's header, and of those that follow it up to a checkpoint; at least the first
//	transaction   place of the transaction in the block, from 0
//	transactions  nodes of the transactions' trie on the way to it
//	receipts      nodes of the receipts' trie on the ways to its receipt and to all before it, which tell how many logs
//	              stand before its own
//	agreed        a seal for each endpoint that has the block; only the process that asked can read them
//
// Anchors are JSON; a name that is not here is refused:
//
//	chain         chain id; transactions that name another are of something else
//	ledger        the ledger section of the mapping, with contract: which log is an entry, and how (builtin, or abi and events)
//	checkpoints   [{"number": 21000000, "hash": "0x..."}]: blocks that are known to be on the chain
//	quorum        {"endpoints": ["rpc.example", "127.0.0.1:8545"], "agree": 2}: hosts as in the ledger's URL, and how many of
//	              them must agree; at least 2, and more than half
//
// One of checkpoints and quorum must be there. With both, a checkpoint counts before a quorum.
package inclusion
