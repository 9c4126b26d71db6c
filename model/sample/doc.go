// Package sample makes realistic documents of all three agreements, for tests and for the demonstration. The companies
// do not exist; the entry numbers have right check digits. Every call gives a new value, which the caller may change.
//
// Nothing here is signed: see model.SignDocument.
package sample

import "github.com/ftagateway/ftagateway/model"

// The entry numbers of the samples. ABC is the filer code of CBP's own example; both filers are invented.
const (
	EntryNAFTA       = "ABC12345676"
	EntryUSMCA       = "ABC20261105"
	EntryUSMCASecond = "ABC20261204"
	EntryUSMCAThird  = "ABC20261303"
	EntryCAFTADR     = "XQ900417227"
	EntryRejected    = "XQ900417235"
)

// The filer codes of the samples.
const (
	FilerABC = "ABC"
	FilerXQ9 = "XQ9"
)

// Agreements are the three agreements, in the order of their years.
var Agreements = []model.Agreement{model.NAFTA, model.CAFTADR, model.USMCA}

// EntryNumber is that of Summary(a, ...).
func EntryNumber(a model.Agreement) string {
	switch a {
	case model.NAFTA:
		return EntryNAFTA
	case model.CAFTADR:
		return EntryCAFTADR
	}
	return EntryUSMCA
}

func truth(v bool) *bool { return &v }
