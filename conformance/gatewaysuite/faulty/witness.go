package faulty

import (
	"os"
	"path/filepath"
)

var witnessFaults = []Fault{{
	Name: "no-witness", Breaks: "Remembers nothing of what ledgers have shown.",
	Caught: "verdict/rolled-back-is-invalid",
	bend:   func(b *bent) { b.passes("versions", "now answers version") },
}, {
	Name: "best-answer-only", Breaks: "Shows the ledger that it believes, and not the one that contradicts it.",
	Caught: "verdict/rolled-back-is-invalid",
	bend: func(b *bent) {
		b.edit(func(o object) {
			if all, ok := o["answers"].([]any); ok && len(all) > 1 {
				o["answers"] = all[:1]
			}
		})
	},
}, {
	Name: "witness-in-memory", Breaks: "Remembers what ledgers have shown until it is restarted.",
	Caught: "verdict/rollback-is-found-after-a-restart",
	bend:   keptInMemory,
}, {
	Name: "number-of-version-only", Breaks: "Remembers the newest version's number, and not its digest.",
	Caught: "verdict/another-version-is-invalid",
	bend:   func(b *bent) { b.passes("versions", "with another digest") },
}, {
	Name: "listing-not-compared", Breaks: "Believes a version that its ledger does not list.",
	Caught: "verdict/listed-otherwise-is-invalid",
	bend:   func(b *bent) { b.passes("versions", "does not list it", "lists another version") },
}, {
	Name: "forgery-remembered", Breaks: "Remembers as seen what nobody vouched for, and calls the truth rolled back afterwards.",
	Caught: "verdict/forgery-leaves-no-trace",
	bend:   forgeryRemembered,
}, {
	Name: "witness-not-told", Breaks: "Keeps its witness log to itself.",
	Caught: "verdict/witness-tells-what-was-seen",
	bend: func(b *bent) {
		b.say = func(a *said) {
			if a.question.on("/v1/witness") {
				a.body = []byte(`{"entries":[]}`)
			}
		}
	},
}}

// keptInMemory gives the right gateway another folder whenever it is opened.
func keptInMemory(b *bent) {
	before, _ := os.ReadDir(b.setting.Data)
	if len(before) == 0 {
		return
	}
	b.setting.Data = filepath.Join(b.setting.Data, "again")
	_ = os.MkdirAll(b.setting.Data, 0o700)
}

// forgeryRemembered calls a record invalid once a newer version of it was shown, whoever signed that.
func forgeryRemembered(b *bent) {
	newest := map[string]float64{}
	b.edit(func(o object) {
		id, _ := o["id"].(string)
		version, isAnswer := o["version"].(float64)
		verdict, judged := o["verdict"].(object)
		if !isAnswer || !judged {
			return
		}
		if version < newest[id] {
			verdict["outcome"] = "invalid"
		}
		newest[id] = max(newest[id], version)
	})
}
