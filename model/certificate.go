package model

// CertificateOfOrigin is a certifier's statement that goods originate under an agreement: CBP Form 434 for NAFTA, the
// nine elements of Annex 5-A for USMCA (19 CFR 182.12), 19 CFR 10.584 for CAFTA-DR.
type CertificateOfOrigin struct {
	Agreement     Agreement  `json:"agreement"`
	CertifierRole string     `json:"certifierRole"` // importer, exporter or producer
	Certifier     Party      `json:"certifier"`
	Exporter      PartyField `json:"exporter"`
	Producer      PartyField `json:"producer"`
	Importer      PartyField `json:"importer"`
	BlanketPeriod *Period    `json:"blanketPeriod,omitempty"` // at most 12 months; or else
	Shipment      *Shipment  `json:"shipment,omitempty"`      // the single shipment that it covers
	Goods         []Good     `json:"goods"`
	SignedOn      Date       `json:"signedOn"`
	Signatory     Signatory  `json:"signatory"`
	// Certification is true: the signatory makes the statement that the agreement prescribes.
	Certification bool   `json:"certification"`
	Remarks       string `json:"remarks,omitempty"`
}

// Agreement is a free-trade agreement, a code of the list agreements.
type Agreement string

// The agreements whose certificates the model knows.
const (
	NAFTA   Agreement = "NAFTA"
	USMCA   Agreement = "USMCA"
	CAFTADR Agreement = "CAFTA-DR"
)

// The roles of a certifier.
const (
	CertifierImporter = "importer"
	CertifierExporter = "exporter"
	CertifierProducer = "producer"
)

// Shipment names a single shipment by its commercial invoice.
type Shipment struct {
	Invoice string `json:"invoice"`
}

// Good is one kind of goods on a certificate.
type Good struct {
	Number          int     `json:"number"` // 1 to 100, ascending
	Description     string  `json:"description"`
	HS              string  `json:"hs"`                      // 6 digits, or 8 or 10 of the importing country's tariff
	OriginCriterion string  `json:"originCriterion"`         // list originCriteria, by agreement
	ProducerBasis   string  `json:"producerBasis,omitempty"` // list producerBasis: how the certifier knows
	RVCMethod       string  `json:"rvcMethod,omitempty"`     // list rvcMethods: how regional value content was reckoned
	NetCost         *bool   `json:"netCost,omitempty"`       // Form 434 field 9: NC or NO
	NetCostPeriod   *Period `json:"netCostPeriod,omitempty"` // over which net cost was averaged
	CountryOfOrigin string  `json:"countryOfOrigin"`         // ISO 3166-1; JNT where NAFTA countries produced jointly
	PartNumber      string  `json:"partNumber,omitempty"`
}

// JointProduction is the origin of goods that several NAFTA countries produced (CBP Form 434 field 10).
const JointProduction = "JNT"

// Signatory is the person who signs a certificate for the certifier.
type Signatory struct {
	Name  string `json:"name"`
	Title string `json:"title"`
	Phone string `json:"phone,omitempty"`
	Email string `json:"email,omitempty"`
}
