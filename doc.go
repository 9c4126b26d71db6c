// Package ftagateway is the root of FTA Gateway, which maps one shared JSON-LD model of free-trade-agreement data onto
// any ledger and lets customs read all of them through one HTTP interface. It holds no code; this is the map.
//
//	cmd/fta        one binary, a file a command
//	api            HTTP: routes, problems, OpenAPI. No business rule lives here
//	gateway        many ledgers as one: the entry file, fan-out, submissions; gateway/witness remembers what was seen
//	adapters       one ledger as the gateway sees it, and its decorators (budget, bulkhead, deadline, disclosure ...)
//	  driver       the small interface that a chain implements
//	  memory       the simplest correct driver, the one to copy from
//	  webledger    the driver for the Web Ledger protocol, and a node on CometBFT
//	  ethereum     the driver for contracts on Ethereum, and a reference contract
//	  fabric       the driver for chaincodes on Hyperledger Fabric, and a reference chaincode
//	  remote       the driver for a ledger behind HTTP, in any language, or behind another gateway
//	  store        what must last, on disk
//	conformance    the suites that say whether a driver and a gateway are right, their report (signed, as a page), and the
//	               faulty ones that they must catch
//	filing         the partner's side: a signed document becomes a record
//	evidence       documents behind capabilities: the Trade Evidence Server, and the client that fetches and checks
//	translate      a partner's native shape to records, and back
//	trust          verdicts, participants; did, key, proof and capability below it
//	model          documents, records, life cycle. Knows no ledger and no HTTP
//	ld             JSON-LD: strict parsing, canonical bytes, digests
//	schemas        contexts, JSON Schemas, code lists. The leaf
//
// Imports run one way, from the top of this list to its end. The test beside this file holds them to it.
//
// To follow a read with a finger: api, then gateway, then adapters.Ledger.Read, where a driver's bytes become a record
// with its checks; back in gateway, trust.Judge makes the verdict.
package ftagateway
