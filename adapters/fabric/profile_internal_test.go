package fabric

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

const small = `
client: {organization: Org2}
organizations:
  Org1: {mspid: Org1MSP, peers: [one]}
  Org2: {mspid: Org2MSP, peers: [two]}
peers:
  one: {url: "grpcs://127.0.0.1:7051"}
  two: {url: "grpcs://127.0.0.1:9051"}
orderers:
  orderer: {url: "grpcs://127.0.0.1:7050"}
`

func read(t *testing.T, text string) (*profile, error) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "connection.yaml")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return readProfile(file, "trade")
}

// TestTheFirstSubmitDoesNotWait: with more than one target of discovery the SDK stalls for 21 seconds now and then. The
// setting is the driver's, whatever the profile says.
func TestTheFirstSubmitDoesNotWait(t *testing.T) {
	for _, more := range []string{"", "channels: {trade: {policies: {discovery: {maxTargets: 2, minResponses: 1}}}}"} {
		p, err := read(t, small+more)
		if err != nil {
			t.Fatal(err)
		}
		var said struct {
			Channels map[string]struct {
				Orderers []string
				Policies struct {
					Discovery struct {
						MaxTargets int `yaml:"maxTargets"`
					}
				}
			}
		}
		raw, _ := yaml.Marshal(p.settings)
		if err := yaml.Unmarshal(raw, &said); err != nil {
			t.Fatal(err)
		}
		if c := said.Channels["trade"]; c.Policies.Discovery.MaxTargets != 1 || !slices.Equal(c.Orderers, []string{"orderer"}) {
			t.Errorf("%+v", c)
		}
	}
}

// TestWhatTheProfileSaysOfTimesStays: only what it leaves out is the driver's.
func TestWhatTheProfileSaysOfTimesStays(t *testing.T) {
	p, err := read(t, strings.Replace(small, "{organization: Org2}", "{organization: Org2, peer: {timeout: {connection: 7s}}}", 1))
	if err != nil {
		t.Fatal(err)
	}
	client := section(p.settings, "client")
	if peer, orderer := section(client, "peer", "timeout"), section(client, "orderer", "timeout"); peer["connection"] != "7s" || orderer["connection"] != "3s" {
		t.Errorf("%v, %v", peer, orderer)
	}
}

func TestTheOwnOrganisationsPeersAreAskedFirst(t *testing.T) {
	p, err := read(t, small)
	if err != nil || !slices.Equal(p.peers, []string{"two", "one"}) {
		t.Errorf("%v, %v", p, err)
	}
}

func TestProfilesThatCannotWorkAreTold(t *testing.T) {
	for name, tc := range map[string]struct{ text, words string }{
		"no YAML":             {"\t", "not YAML"},
		"no client":           {strings.Replace(small, "client", "clients", 1), "client.organization"},
		"unknown client":      {strings.Replace(small, "Org2}", "Org3}", 1), `"Org3"`},
		"no MSP":              {strings.Replace(small, "mspid: Org2MSP, ", "", 1), "organizations.Org2.mspid"},
		"no peers":            {strings.Replace(small, "peers: [two]", "peers: [three]", 1), "organizations.Org2.peers"},
		"an address of none":  {strings.Replace(small, "grpcs://127.0.0.1:9051", "localhost", 1), "peers.two.url"},
		"an orderer of none":  {strings.Replace(small, "grpcs://127.0.0.1:7050", "x", 1), "orderers.orderer.url"},
		"larger than anybody": {small + "#" + strings.Repeat("x", maxProfile), "more than"},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := read(t, tc.text); driver.CodeOf(err) != driver.Invalid || !strings.Contains(err.Error(), tc.words) {
				t.Errorf("%v, want %q", err, tc.words)
			}
		})
	}
}
