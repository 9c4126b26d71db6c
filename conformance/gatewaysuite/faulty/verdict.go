package faulty

var verdictFaults = []Fault{{
	Name: "doubts-everything", Breaks: "Answers undetermined where everything is right.",
	Caught: "verdict/honest-is-valid",
	bend: func(b *bent) {
		b.edit(func(o object) {
			if o["outcome"] == "valid" {
				o["outcome"] = "undetermined"
			}
		})
	},
}, {
	Name: "document-left-out", Breaks: "Shows records, and never the documents behind them.",
	Caught: "verdict/honest-is-valid",
	bend:   func(b *bent) { b.edit(func(o object) { delete(o, "document") }) },
}, {
	Name: "silent-ledgers-left-out", Breaks: "Names only those ledgers that hold something of what was asked for.",
	Caught: "verdict/honest-is-valid",
	bend:   func(b *bent) { b.edit(answeredOnly) },
}, {
	Name: "first-found-only", Breaks: "Stops at the first ledger that knows an entry number.",
	Caught: "verdict/found-by-number",
	bend: func(b *bent) {
		b.edit(func(o object) {
			if all, ok := o["entries"].([]any); ok && len(all) > 1 {
				o["entries"] = all[:1]
			}
		})
	},
}, {
	Name: "decisions-not-folded", Breaks: "Shows customs' decisions, and calls the entry filed all the same.",
	Caught: "verdict/decision-is-folded",
	bend: func(b *bent) {
		b.edit(func(o object) {
			if o["entryStatus"] != nil {
				o["entryStatus"] = "filed"
			}
		})
	},
}, {
	Name: "altered-in-hand-is-valid", Breaks: "Checks the record in hand, and not the document beside it.",
	Caught: "verdict/in-hand",
	bend: func(b *bent) {
		b.edit(func(o object) {
			if d, ok := o["document"].(object); ok && d["outcome"] != nil {
				d["outcome"] = "valid"
			}
		})
	},
}, {
	Name: "signature-not-checked", Breaks: "Takes every record for its issuer's.",
	Caught: "verdict/forged-signature-is-invalid",
	bend:   func(b *bent) { b.passes("proof") },
}, {
	Name: "altered-is-undetermined", Breaks: "Takes a broken signature for something that could not be checked.",
	Caught: "verdict/altered-record-is-invalid",
	bend: func(b *bent) {
		b.judging("proof", "invalid", func(verdict, check object) {
			verdict["outcome"], check["outcome"] = "undetermined", "undetermined"
		})
	},
}, {
	Name: "id-not-compared", Breaks: "Judges whatever record the ledger answers with.",
	Caught: "verdict/another-record-is-invalid",
	bend:   func(b *bent) { b.passes("schema", "must be the key") },
}, {
	Name: "chain-not-walked", Breaks: "Takes the newest version for the whole history.",
	Caught: "verdict/hidden-version-is-invalid",
	bend:   func(b *bent) { b.passes("versions", "does not list it") },
}, {
	Name: "no-record-is-no-answer", Breaks: "Answers 502 where the ledger shows something that is no record.",
	Caught: "verdict/no-record-is-invalid",
	bend: func(b *bent) {
		b.say = func(a *said) {
			if a.tells(`"name":"schema","outcome":"invalid"`) {
				a.status = 502
			}
		}
	},
}, {
	Name: "content-of-invalid-shown", Breaks: "Shows the content of what is invalid to everybody.",
	Caught: "verdict/content-only-on-request",
	bend: func(b *bent) {
		b.asked = func(q *question) {
			if q.Method == "GET" && q.on("/v1/") {
				q.set("include", "invalid")
			}
		}
	},
}, {
	Name: "invalid-content-never-shown", Breaks: "Withholds the content of what is invalid from investigators too.",
	Caught: "verdict/content-only-on-request",
	bend: func(b *bent) {
		b.edit(func(o object) {
			if v, ok := o["verdict"].(object); ok && v["outcome"] == "invalid" {
				delete(o, "record")
			}
		})
	},
}}

func answeredOnly(o object) {
	all, ok := o["sources"].([]any)
	if !ok {
		return
	}
	kept := []any{}
	for _, s := range all {
		if source, ok := s.(object); ok && source["state"] == "answered" {
			kept = append(kept, s)
		}
	}
	o["sources"] = kept
}
