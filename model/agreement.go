package model

// terms are what the rules need to know of an agreement.
type terms struct {
	certificate string // where the certificate is regulated
	// validYears is for how long after it was signed a certificate may be used.
	validYears  int
	validSource string
	// lowValue is up to how many US dollars customs asks for no certificate; "" where there is no such limit.
	lowValue Decimal
	// certifiers are who may certify.
	certifiers      []string
	certifierSource string
}

// Sources: NAFTA 19 CFR 181.11, 181.22(b)(2) and (4); USMCA 19 CFR 182.12, 182.14(a)(2) and article 5.2 of the agreement;
// CAFTA-DR 19 CFR 10.584, 10.586(a)(2) and article 4.16 of the agreement.
var agreementTerms = map[Agreement]terms{
	NAFTA: {
		certificate: "19 CFR 181.22", validYears: 4, validSource: "19 CFR 181.22(b)(4)",
		certifiers: []string{CertifierExporter, CertifierProducer}, certifierSource: "19 CFR 181.22(b)",
	},
	USMCA: {
		certificate: "19 CFR 182.12", validYears: 4, validSource: "USMCA article 5.2", lowValue: "2500",
		certifiers: []string{CertifierImporter, CertifierExporter, CertifierProducer}, certifierSource: "19 CFR 182.12(a)",
	},
	CAFTADR: {
		certificate: "19 CFR 10.584", validYears: 4, validSource: "CAFTA-DR article 4.16", lowValue: "2500",
		certifiers: []string{CertifierImporter, CertifierExporter, CertifierProducer}, certifierSource: "19 CFR 10.584(a)",
	},
}

func (a Agreement) terms() terms { return agreementTerms[a] }
