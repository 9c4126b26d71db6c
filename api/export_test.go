package api

import (
	"maps"
	"slices"

	"github.com/ftagateway/ftagateway/gateway"
)

// ProblemTypes lists the types of problems in the table.
func ProblemTypes() []string {
	var all []string
	for code := range table {
		all = append(all, typeBase+string(code))
	}
	return all
}

// ProblemStatuses lists the statuses of problems in the table, each once.
func ProblemStatuses() []int {
	statuses := map[int]bool{}
	for _, told := range table {
		statuses[told.status] = true
	}
	return slices.Sorted(maps.Keys(statuses))
}

// Codes that are this package's own.
const (
	CodeNoRoute       = codeNoRoute
	CodeNoMethod      = codeNoMethod
	CodeBusy          = codeBusy
	CodeTooLarge      = codeTooLarge
	CodeTooMany       = codeTooMany
	CodeMediaType     = codeMediaType
	CodeNotAcceptable = codeNotAcceptable
	CodeForeignHost   = codeForeignHost
	CodeOrigin        = codeOrigin
	CodeNoLedger      = codeNoLedger
	CodeInternal      = codeInternal
)

// TypeOf spells the type of a problem.
func TypeOf(code gateway.Code) string { return typeBase + string(code) }
