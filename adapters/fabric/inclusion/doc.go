// Package inclusion proves, to somebody who does not trust any peer, that an entry stands on a Fabric channel. Verifying
// needs no SDK and no network: import this package, and driver.Verify knows its proofs.
//
// A proof is JSON, with bytes in base64:
//
//	number       of the block
//	previous     hash of the header of the block before
//	data         the block's transactions, all of them, as Fabric's common.BlockData: their hash is over them all
//	signatures   of the orderers over the header, as Fabric's common.Metadata
//	transaction  which of the block's it is, counted from 0
//	answers      of peers that were asked for the block: what a peer signed, in two parts with data between them
//	             (before, after), who signed it (endorser), and the signature
//
// Anchors say whom to believe; see Anchors. What is checked, in this order: that the orderers signed the block; that the
// transaction is one of the channel, by its creator, whose signature holds; that it was endorsed as the policy wants; that
// it writes exactly the entry: key, version, body or deletion, author, transaction, height and time; and that peers, as
// many as the policy for validity wants, say that the channel's validation let it pass. Orderers do not sign that, so it
// must be asked of peers, and one peer's word is one organisation's word. Each signer's certificate must lead to a root of
// its organisation in the anchors; member.Authorities says how.
//
// What a proof does not show: that no other entry stands on the channel, and so that a version is the newest; the version,
// but for what the chaincode itself wrote into the state's key, as endorsers signed it; the entry's place among those of
// its block; a time other than the submitter's clock had; where a chaincode gives a key an endorsement policy of its own,
// that one. Two channels of the same name, organisations and authorities are not told apart.
package inclusion

import "github.com/ftagateway/ftagateway/adapters/driver"

// ProofType names this package's proofs.
const ProofType = "fabric-block"

func init() { driver.RegisterVerifier(ProofType, Verify) }
