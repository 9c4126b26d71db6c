package capability_test

import "testing"

func BenchmarkVerify(b *testing.B) {
	for name, c := range map[string]call{
		"root":            {c: root(), by: seeded(owner)},
		"one delegation":  {c: toPartner(b), by: seeded(partner)},
		"two delegations": {c: toCustoms(b), by: seeded(customs)},
	} {
		b.Run(name, func(b *testing.B) {
			req, v := send(b, c), verifierAt(now)
			for b.Loop() {
				if _, err := v.Verify(req, nil); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
