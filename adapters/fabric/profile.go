package fabric

import (
	"fmt"
	"io"
	"maps"
	"net/url"
	"os"
	"regexp"
	"slices"

	"go.yaml.in/yaml/v3"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// profile is a connection profile as Fabric users have it, with what this driver must have otherwise.
type profile struct {
	settings map[string]any
	msp      string   // of the own organisation
	peers    []string // of the own organisation, in the profile's order, and then the others
	// witnesses are the peers of each organisation that has some in the profile.
	witnesses [][]string
}

const maxProfile = 1 << 20

func readProfile(file, channel string) (*profile, error) {
	data, err := readFile(file, maxProfile)
	if err != nil {
		return nil, driver.Errorf(driver.Invalid, "Fabric connection profile: %w", err)
	}
	p := &profile{}
	if err := yaml.Unmarshal(data, &p.settings); err != nil {
		return nil, driver.Errorf(driver.Invalid, "Fabric connection profile: not YAML or JSON: %w", err)
	}
	if err := p.complete(channel); err != nil {
		return nil, driver.Errorf(driver.Invalid, "Fabric connection profile: %w", err)
	}
	return p, nil
}

// complete checks what the driver needs, and adds what it must have.
func (p *profile) complete(channel string) error {
	own, _ := section(p.settings, "client")["organization"].(string)
	organization := section(p.settings, "organizations", own)
	if own == "" || len(organization) == 0 {
		return fmt.Errorf("client.organization %q is none of organizations", own)
	}
	if p.msp, _ = organization["mspid"].(string); p.msp == "" {
		return fmt.Errorf("organizations.%s.mspid is missing", own)
	}
	p.peers, p.witnesses = p.ledgerPeers(organization), p.organisationsPeers()
	if len(p.peers) == 0 {
		return fmt.Errorf("organizations.%s.peers: names none of peers", own)
	}
	p.settle()
	p.onChannel(channel)
	return p.match()
}

// ledgerPeers lists whom blocks are asked of: the own organisation's peers first.
func (p *profile) ledgerPeers(organization map[string]any) []string {
	all := p.peersOf(organization)
	if len(all) == 0 {
		return nil
	}
	for _, name := range slices.Sorted(maps.Keys(section(p.settings, "peers"))) {
		if !slices.Contains(all, name) {
			all = append(all, name)
		}
	}
	return all
}

// waits are how long the SDK waits where the profile does not say. Nothing interrupts its own discovery of peers, so that
// a ledger over peers which do not answer is closed no sooner than this; its defaults are 10 seconds and more.
var waits = []struct {
	of         []string
	what, time string
}{
	{[]string{"peer", "timeout"}, "connection", "3s"},
	{[]string{"peer", "timeout", "discovery"}, "greylistExpiry", "1s"},
	{[]string{"orderer", "timeout"}, "connection", "3s"},
	{[]string{"orderer", "timeout"}, "response", "15s"},
	{[]string{"discovery", "timeout"}, "connection", "3s"},
	{[]string{"discovery", "timeout"}, "response", "5s"},
}

// organisationsPeers lists whom proofs are asked of: whose peers they are decides how much their word counts.
func (p *profile) organisationsPeers() [][]string {
	organizations := section(p.settings, "organizations")
	var all [][]string
	for _, name := range slices.Sorted(maps.Keys(organizations)) {
		if peers := p.peersOf(section(organizations, name)); len(peers) > 0 {
			all = append(all, peers)
		}
	}
	return all
}

// peersOf lists those peers of an organisation that the profile says how to reach.
func (p *profile) peersOf(organization map[string]any) []string {
	known := section(p.settings, "peers")
	var all []string
	for _, name := range list(organization["peers"]) {
		if text, ok := name.(string); ok && known[text] != nil {
			all = append(all, text)
		}
	}
	return all
}

// settle keeps the SDK from writing to the terminal, and from asking for a folder of keys that it never reads: the only
// identity is the wallet's.
func (p *profile) settle() {
	client := need(p.settings, "client")
	need(client, "logging")["level"] = "critical"
	for _, wait := range waits {
		of := need(client, wait.of...)
		if of[wait.what] == nil {
			of[wait.what] = wait.time
		}
	}
	organizations := section(p.settings, "organizations")
	for name := range organizations {
		if o := need(organizations, name); o["cryptoPath"] == nil && o["users"] == nil {
			o["cryptoPath"] = "wallet"
		}
	}
}

// onChannel sets the channel's peers, orderers and policies. With more than one target of discovery the SDK waits, now
// and then, 21 seconds before its first submit.
func (p *profile) onChannel(channel string) {
	c := need(p.settings, "channels", channel)
	if len(list(c["orderers"])) == 0 {
		all := []any{}
		for _, name := range slices.Sorted(maps.Keys(section(p.settings, "orderers"))) {
			all = append(all, name)
		}
		c["orderers"] = all
	}
	if len(section(c, "peers")) == 0 {
		peers := need(c, "peers")
		for _, name := range p.peers {
			peers[name] = map[string]any{}
		}
	}
	need(c, "policies", "discovery")["maxTargets"] = 1
	need(c, "policies", "queryChannelConfig")["maxTargets"] = 1
}

// match tells the SDK that the addresses which the network names are those of the peers and orderers of the profile:
// it looks for their certificates under the address, and finds none.
func (p *profile) match() error {
	matchers := need(p.settings, "entityMatchers")
	for kind, at := range map[string]string{"peer": "peers", "orderer": "orderers"} {
		if matchers[kind] != nil {
			continue // the profile's own
		}
		all := []any{}
		for _, name := range slices.Sorted(maps.Keys(section(p.settings, at))) {
			where, _ := section(p.settings, at, name)["url"].(string)
			u, err := url.Parse(where)
			if err != nil || u.Host == "" {
				return fmt.Errorf("%s.%s.url: must be grpcs://host:port", at, name)
			}
			all = append(all, map[string]any{"pattern": "^(grpcs?://)?" + regexp.QuoteMeta(u.Host) + "$", "mappedHost": name})
		}
		matchers[kind] = all
	}
	return nil
}

// section gives a part of the settings, empty where there is none.
func section(settings map[string]any, names ...string) map[string]any {
	for _, name := range names {
		settings, _ = settings[name].(map[string]any)
	}
	return settings
}

// need gives a part of the settings, and makes it where there is none.
func need(settings map[string]any, names ...string) map[string]any {
	for _, name := range names {
		below, ok := settings[name].(map[string]any)
		if !ok {
			below = map[string]any{}
			settings[name] = below
		}
		settings = below
	}
	return settings
}

func list(v any) []any {
	all, _ := v.([]any)
	return all
}

// readFile reads a file of at most so many bytes.
func readFile(name string, most int64) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, most+1))
	if err == nil && int64(len(data)) > most {
		err = fmt.Errorf("%s has more than %d bytes", name, most)
	}
	return data, err
}
