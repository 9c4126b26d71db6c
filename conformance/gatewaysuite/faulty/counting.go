package faulty

import (
	"strings"

	"github.com/ftagateway/ftagateway/conformance/gatewaysuite"
)

var countingFaults = []Fault{{
	Name: "copy-counted", Breaks: "Answers an entry from whichever ledger shows it.",
	Caught: "verdict/copies-never-count",
	bend: func(b *bent) {
		b.edit(func(o object) {
			if o["copy"] == true {
				delete(o, "copy")
			}
		})
	},
}, {
	Name: "copy-alone-counted", Breaks: "Makes an entry of a copy whose home shows nothing.",
	Caught: "verdict/copy-alone-is-no-entry",
	bend: func(b *bent) {
		b.edit(func(o object) {
			if o["entryId"] != nil && o["summary"] == nil {
				o["outcome"], o["entryStatus"] = "valid", "filed"
			}
		})
	},
}, {
	Name: "every-ledger-is-customs", Breaks: "Heeds customs' decisions wherever they stand.",
	Caught: "verdict/decisions-only-on-customs-ledger",
	bend:   everyLedgerIsCustoms,
}, {
	Name: "links-counted", Breaks: "Counts whatever links to an entry.",
	Caught: "verdict/strangers-links-change-nothing",
	bend:   everyLedgerIsCustoms,
}, {
	Name: "contradiction-untold", Breaks: "Believes the honest node, and does not say that another lies.",
	Caught: "verdict/lying-mirror-is-contradicted",
	bend:   func(b *bent) { b.edit(func(o object) { delete(o, "findings") }) },
}, {
	Name: "mirror-believed", Breaks: "Takes the mirror's word for the ledger's.",
	Caught: "verdict/lying-mirror-is-contradicted",
	bend: func(b *bent) {
		b.edit(func(o object) {
			if s, ok := o["summary"].(object); ok {
				s["ledger"] = "mirror"
			}
		})
	},
}, {
	Name: "digest-of-document-not-compared", Breaks: "Believes whatever document the evidence server gives.",
	Caught: "verdict/altered-document-is-invalid",
	bend:   func(b *bent) { b.passes("evidence"); b.calls("invalid", "valid") },
}, {
	Name: "claim-without-its-certificate", Breaks: "Judges an entry by its summary alone.",
	Caught: "verdict/altered-certificate-spoils-the-claim",
	bend: func(b *bent) {
		b.edit(func(o object) {
			if s, ok := o["summary"].(object); ok {
				o["outcome"] = s["verdict"].(object)["outcome"]
			}
		})
	},
}}

func everyLedgerIsCustoms(b *bent) {
	b.setting.Ledgers = append([]gatewaysuite.Ledger(nil), b.setting.Ledgers...)
	for i := range b.setting.Ledgers {
		b.setting.Ledgers[i].Customs = !strings.HasPrefix(b.setting.Ledgers[i].Slug, "mirror")
	}
}
