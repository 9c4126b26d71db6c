package faulty

var authorityFaults = []Fault{{
	Name: "any-key-will-do", Breaks: "Takes a right signature for authority.",
	Caught: "verdict/unknown-key-is-not-valid",
	bend: func(b *bent) {
		b.judging("authority", "undetermined", func(verdict, check object) {
			verdict["outcome"], check["outcome"] = "valid", "valid"
		})
	},
}, {
	Name: "roles-not-asked", Breaks: "Lets every participant take every step.",
	Caught: "verdict/wrong-role-is-invalid",
	bend:   func(b *bent) { b.passes("authority") },
}, {
	Name: "party-not-compared", Breaks: "Lets any filer file the next version of anybody's entry.",
	Caught: "verdict/another-filer-is-invalid",
	bend:   func(b *bent) { b.passes("authority"); b.calls("invalid", "valid") },
}, {
	Name: "lifecycle-not-replayed", Breaks: "Takes whatever step a ledger holds for one that was allowed.",
	Caught: "verdict/step-out-of-turn-is-invalid",
	bend:   func(b *bent) { b.passes("lifecycle"); b.calls("invalid", "valid") },
}, {
	Name: "whole-entry-condemned", Breaks: "Calls every version of an entry invalid where one is.",
	Caught: "verdict/step-out-of-turn-is-invalid",
	bend: func(b *bent) {
		b.edit(func(o object) {
			if all, ok := o["versions"].([]any); ok && o["outcome"] == "invalid" {
				condemn(all)
			}
		})
	},
}}

func condemn(answers []any) {
	for _, a := range answers {
		if answer, ok := a.(object); ok {
			answer["verdict"].(object)["outcome"] = "invalid"
		}
	}
}
