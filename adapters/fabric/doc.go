// Package fabric connects a chaincode on a channel of Hyperledger Fabric: the reference chaincode in the folder below, or
// a partner's own, of which the mapping's ledger section says where its entries are.
//
// URLs are fabric:PROFILE?channel=NAME&chaincode=NAME&wallet=FOLDER&user=NAME, where PROFILE is the file of a connection
// profile as Fabric users have it, and FOLDER a wallet as the SDKs write it, with NAME.id in it. ?testing=1 marks a
// ledger that a conformance run may write to.
//
// The driver follows the channel's blocks, recomputes their hashes, and keeps an index of the chaincode's states in
// driver.Env.Store; see docs/decisions/0091-fabric-driver.md. A peer is asked at every call how far the channel has come,
// and everything is answered from blocks: versions, authors and validity need no function of the chaincode, so that any
// chaincode has them. Blocks have no time: the time of an entry is what the submitter's clock said.
//
// Writing goes through functions of the chaincode. A transaction is endorsed, signed and kept before it is sent, and
// what became of it is read from the block that holds it. An MVCC conflict is a Conflict and never tried again.
//
// The author of an entry is the creator of its transaction, whose signature over it is checked: MSP id and certificate.
// Endorsement is not authorship. It is checked by a proof, as is who ordered the block, and whether peers of other
// organisations take the transaction for valid too: Prove asks a peer of each organisation for the block and keeps what
// they sign, and package inclusion verifies that without a peer. Where nobody asks for a proof, one peer's word is taken
// for validity. Proofs are offered where state keys say which version they are.
//
// sdk.go is the only file that knows fabric-sdk-go.
package fabric
