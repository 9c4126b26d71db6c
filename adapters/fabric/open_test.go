package fabric_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

const profileOfNobody = `
client: {organization: Org1}
organizations: {Org1: {mspid: Org1MSP, peers: [one]}}
peers: {one: {url: "grpcs://127.0.0.1:1"}}
`

func TestURLsAndWalletsThatCannotWorkAreTold(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"connection.yaml": profileOfNobody, "broken.id": "{", "empty.id": "{}", "none.id": `{"type":"X.509"}`,
		"bare.id":  `{"type":"X.509","mspId":"Org1MSP","credentials":{"certificate":"x"}}`,
		"other.id": member(t, "Org2MSP"),
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	profile := "fabric:" + dir + "/connection.yaml"
	for url, words := range map[string]string{
		"fabric:?channel=trade":                                      "PROFILE",
		"fabric://host/p?channel=trade&wallet=w&user=u":              "PROFILE",
		profile + "?wallet=w&user=u":                                 "channel is missing",
		profile + "?channel=trade&user=u":                            "wallet is missing",
		profile + "?channel=trade&wallet=w":                          "user is missing",
		profile + "?channel=Trade&wallet=w&user=u":                   `channel "Trade"`,
		profile + "?channel=trade&wallet=w&user=../u":                `user "../u"`,
		profile + "?channel=trade&wallet=w&user=u&chaincode=a%20b":   `chaincode "a b"`,
		profile + "?channel=trade&wallet=w&user=u&testing=maybe":     `testing "maybe"`,
		profile + "?channel=trade&wallet=w&user=u&org=1":             `option "org"`,
		"fabric:" + dir + "/none.yaml?channel=trade&wallet=w&user=u": "connection profile",
		profile + "?channel=trade&user=nobody&wallet=" + dir:         "nobody.id",
		profile + "?channel=trade&user=broken&wallet=" + dir:         `"broken"`,
		profile + "?channel=trade&user=empty&wallet=" + dir:          "X.509",
		profile + "?channel=trade&user=none&wallet=" + dir:           "mspId",
		profile + "?channel=trade&user=bare&wallet=" + dir:           "credentials.certificate",
		profile + "?channel=trade&user=other&wallet=" + dir:          `mspId "Org2MSP" must be "Org1MSP"`,
	} {
		l, err := driver.Open(t.Context(), url, driver.Env{Store: newStore(t)})
		if driver.CodeOf(err) != driver.Invalid || !strings.Contains(err.Error(), words) {
			t.Errorf("%s: %v, %v; want %q", url, l, err, words)
		}
	}
	if _, err := driver.Open(t.Context(), profile+"?channel=trade&wallet=w&user=u", driver.Env{}); driver.CodeOf(err) != driver.Invalid {
		t.Errorf("%v without a store", err)
	}
}
