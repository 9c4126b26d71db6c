// Package ethereum connects any contract on any chain that speaks Ethereum's JSON-RPC. No contract is special to it: which
// events bring versions, where the key and the body are, and how a version is written stands in the ledger section of the
// mapping (package binding; docs/ethereum.md has every key). The reference contract is one more such section, and builtin.
//
// URLs are ethereum+http://host[:port]/..., ethereum+https, ethereum+ws, ethereum+wss, and ethereum+ipc:/path. Parameters:
//
//	contract=0x...    the contract, where the section does not name it
//	endpoint=...      another endpoint of the same chain; may be given several times
//	quorum=2          how many endpoints must agree; more than half where it is not there
//	chain=1           the chain id that the endpoints must have
//	testing=1         a conformance run may write to it
//
// The ledger's URI is the contract's CAIP-10 account, eip155:<chain id>:<address>, by what the chain itself says. A
// transaction is its hash, an author an address; hexadecimal is lower case everywhere.
//
// The driver keeps an index of final blocks in driver.Env.Store and asks the chain at every read where it stands: see
// docs/decisions/0081-ethereum-driver.md.
//
// Read it in this order: open.go and contact.go (which chain it is), final.go and follow.go (up to which block), fold.go and
// beside.go (logs become entries), retreat.go and undo.go (a chain that went another way), missing.go (logs that were left
// out), get.go, changes.go, prove.go (package inclusion makes and verifies proofs), append.go and push.go (package account
// signs).
package ethereum
