package conformance

import "testing"

func TestHostsInURIsAreFound(t *testing.T) {
	for uri, want := range map[string]string{
		"https://ledger.acme.example/trade":                              "ledger.acme.example",
		"http://127.0.0.1:8090":                                          "127.0.0.1:8090",
		"ledger+http://[::1]:8090/":                                      "[::1]:8090",
		"acme://node7":                                                   "node7",
		"did:web:ledger.acme.example":                                    "ledger.acme.example",
		"did:web:localhost%3A8090":                                       "localhost",
		"urn:acme:ledger.acme.example:trade":                             "ledger.acme.example",
		"urn:acme:10.0.0.7":                                              "10.0.0.7",
		"urn:acme:LOCALHOST":                                             "LOCALHOST",
		"urn:uuid:0d6a4ad1-6f1c-4a51-9a3e-2b8c5a7e9f10":                  "",
		"eip155:1337:0x5FbDB2315678afecb367f032d93F642f64180aa3":         "",
		"urn:fabric:uEiBFrSWaFKra_7IFgSHp6Y-khCrTBwzluWZYAr11CqA_Ag:coo": "",
		"did:key:z6MkmNyq":                                               "",
		"urn:acme:trade-v1.0":                                            "",
		"urn:acme:chain.1":                                               "",
		"tag":                                                            "",
		"%zz":                                                            "",
	} {
		if got := hostIn(uri); got != want {
			t.Errorf("host %q in %s, want %q", got, uri, want)
		}
	}
}
