package gatewaysuite

import (
	"github.com/ftagateway/ftagateway/conformance"
	"github.com/ftagateway/ftagateway/filing"
)

var evidenceCases = []Case{{
	Case: conformance.Case{
		ID: "verdict/altered-document-is-invalid", Level: LevelVerdict,
		Why: "The ledger holds a digest only. A partner who alters the document on its own server has the past it likes.",
		Steps: []string{
			"File an entry, and have the evidence server give its document with one character altered: invalid, for its evidence.",
			"The document is shown to nobody, and no line is made of it.",
			"Have it give the true document: valid, filed.",
		},
	}, run: alteredDocument,
}, {
	Case: conformance.Case{
		ID: "verdict/altered-certificate-spoils-the-claim", Level: LevelVerdict,
		Why: "A claim stands on its certificate. An entry whose certificate was altered must not look like one in order.",
		Steps: []string{
			"File a certificate and an entry that claims under it, and alter the certificate's document: the entry file is invalid.",
			"The entry summary itself is valid, and its first line says that its certificate is not.",
			"Nothing of the altered certificate's content is in the answer.",
		},
	}, run: alteredCertificate,
}}

func alteredDocument(c *check) {
	c.Step(1)
	entry := c.entry(trade)
	c.stage.evidence.alter(entry.record.Evidence[0])
	f := c.entryFile(entry)
	c.outcome(f, invalid, "")
	c.says(f.Summary, invalid, checkEvidence)
	c.Step(2)
	c.withheld(f.Summary)
	c.That(len(f.Lines) == 0, "no lines", "%d", len(f.Lines))
	c.Step(3)
	c.heal()
	c.outcome(c.entryFile(entry), valid, "filed")
}

func alteredCertificate(c *check) {
	c.Step(1)
	cert := c.file(c.stage.exporter, trade, certificate(), filing.Filing{})
	entry := c.file(c.stage.importer, trade, claiming(c.number(), cert.pin()), filing.Filing{})
	c.stage.evidence.alter(cert.record.Evidence[0])
	var f entryFile
	a := c.get("/v1/entries/"+entry.id(), &f)
	c.That(f.Outcome == invalid, "the entry file is invalid", "%s", f.Outcome)
	c.Step(2)
	c.says(f.Summary, valid, checkEvidence)
	c.That(len(f.Lines) > 0 && f.Lines[0].Outcome == invalid, "line 1, whose certificate is invalid", "%s", asJSON(f.Lines))
	c.Step(3)
	for _, text := range []string{certificate().Signatory.Name, cert.document.Salt[2:]} {
		c.That(!a.holds(text), "nothing of the certificate's content", "%q stands in the answer", text)
	}
}
