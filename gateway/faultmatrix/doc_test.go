// Package faultmatrix holds a gateway to its promises while a ledger is sick, in every way that is named and with every
// driver that has a wire: TestFaultMatrix. A row is a driver before a real node of its chain, a column a fault, and a cell a
// gateway of its own, which a client asks over HTTP.
//
// Read cell_test.go for what is done, promise_test.go for what is held, fault_test.go for the faults, and the file of a
// driver's name for its node and for what a liar does to its answers.
package faultmatrix_test
