package model

import "github.com/ftagateway/ftagateway/ld"

// EntrySummary is what CBP Form 7501 declares about an importation: goods, values, duty, and for each line where it
// originates and which preference it claims.
type EntrySummary struct {
	EntryNumber      string  `json:"entryNumber"` // 11 characters, see NormalizeEntryNumber
	EntryType        string  `json:"entryType"`   // list entryTypes
	SummaryDate      Date    `json:"summaryDate"`
	EntryDate        Date    `json:"entryDate"`
	ImportDate       Date    `json:"importDate"`
	ExportDate       Date    `json:"exportDate,omitzero"`
	PortOfEntry      string  `json:"portOfEntry"` // Schedule D
	PortOfUnlading   string  `json:"portOfUnlading,omitempty"`
	PortOfLading     string  `json:"portOfLading,omitempty"` // Schedule K
	TransportMode    string  `json:"transportMode"`          // list transportModes
	ImportingCarrier string  `json:"importingCarrier,omitempty"`
	BillOfLading     string  `json:"billOfLading,omitempty"`
	CountryOfOrigin  string  `json:"countryOfOrigin"` // of all lines, or MULTI
	ExportingCountry string  `json:"exportingCountry"`
	ManufacturerID   string  `json:"manufacturerId,omitempty"`
	FilerCode        string  `json:"filerCode"`
	ImporterOfRecord Party   `json:"importerOfRecord"`
	Consignee        *Party  `json:"consignee,omitempty"`
	Totals           *Totals `json:"totals,omitempty"`
	Lines            []Line  `json:"lines"`
	Remarks          string  `json:"remarks,omitempty"`
}

// MultipleOrigins stands in the header of a summary whose lines have several countries of origin.
const MultipleOrigins = "MULTI"

// Totals are the sums of a summary. Where one is given, it has to be right.
type Totals struct {
	EnteredValue Amount  `json:"enteredValue"`
	Duty         *Amount `json:"duty,omitempty"`
	Tax          *Amount `json:"tax,omitempty"`
	Fees         *Amount `json:"fees,omitempty"`
	Total        *Amount `json:"total,omitempty"` // of duty, tax and fees
}

// Line is one line of an entry summary: goods of one classification and one origin.
type Line struct {
	Number              int                  `json:"number"` // 1 to 999, ascending
	Description         string               `json:"description"`
	HTS                 string               `json:"hts"`        // 10 digits, 8 where a provision allows it
	Quantities          []Quantity           `json:"quantities"` // in the order in which the HTSUS asks for them
	GrossWeight         *Quantity            `json:"grossWeight,omitempty"`
	EnteredValue        Amount               `json:"enteredValue"` // whole US dollars
	Charges             *Amount              `json:"charges,omitempty"`
	RelatedParties      bool                 `json:"relatedParties"`
	DutyRate            *DutyRate            `json:"dutyRate,omitempty"`
	Duty                *Amount              `json:"duty,omitempty"`
	SPI                 string               `json:"spi,omitempty"`   // list spi
	CountryOfOrigin     string               `json:"countryOfOrigin"` // ISO 3166-1, or a Canadian province (XA ...)
	ExportingCountry    string               `json:"exportingCountry,omitempty"`
	ManufacturerID      string               `json:"manufacturerId,omitempty"`
	NetCost             *bool                `json:"netCost,omitempty"` // the claim rests on the net cost method
	Ruling              string               `json:"ruling,omitempty"`
	Certificate         *Pin                 `json:"certificate,omitempty"`
	CertificateExpected *CertificateExpected `json:"certificateExpected,omitempty"`
}

// CertificateExpected names a certificate that is not recorded yet: the record id reserved for it, and the digest of the
// document where that is signed already.
type CertificateExpected struct {
	ID     string     `json:"id"`
	Digest *ld.Digest `json:"digest,omitempty"`
}

// DutyRate is a rate of duty: a percentage of the value, an amount per unit, or both. Free is AdValorem "0".
type DutyRate struct {
	AdValorem  Decimal `json:"adValorem,omitempty"` // percent
	Specific   *Amount `json:"specific,omitempty"`
	UnitCode   string  `json:"unitCode,omitempty"` // of Specific
	UnitScheme string  `json:"unitScheme,omitempty"`
}
