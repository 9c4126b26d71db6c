// Package adapters is one ledger as the gateway sees it. Ledger is concrete: it is built on a driver.Ledger, speaks of
// records and ids where the driver speaks of bytes and keys, and says of everything it reads what was checked. What follows
// asks a Reading for its Statement, and so does not ask whether the ledger holds records of ours.
//
// Begin at New, the one place where the parts are put on one another. Each part is a package of one idea, and taking one
// out is deleting its line:
//
//	tracing     makes a span of a call, and below it one of every question to the driver
//	metrics     counts and times the calls, as their callers see them
//	budget      bounds a whole call
//	(Ledger)    translates, and checks what can be checked without asking anybody else
//	cache       answers from memory while the ledger's changes are followed
//	flight      has those who ask the same at the same time share a question
//	retry       asks again what may be answered the next time
//	breaker     answers at once for a chain that is down
//	bulkhead    bounds how many calls the chain has at once
//	deadline    bounds one attempt
//	rate        bounds how many calls the chain has a second
//	health      remembers how the chain's last answers went
//	disclosure  refuses to send what must not stand on a ledger
//	discretion  keeps the keys of a ledger without records of ours out of the words of errors
//	(driver)    moves bytes
//
// An error from here is a driver.Error and says that there is no answer: an outage, or a proven absence. What is wrong
// with an answer is never an error but an invalid check of its Reading.
// Reads are asked again while the budget holds it, and never an Append.
package adapters
