package demo

import (
	"context"
	"fmt"
	"path/filepath"
	"time"

	"github.com/ftagateway/ftagateway/api"
	"github.com/ftagateway/ftagateway/cmd/fta/config"
	"github.com/ftagateway/ftagateway/cmd/fta/serving"
	"github.com/ftagateway/ftagateway/trust/key"
)

// openGateway starts CBP's gateway over all ledgers, from a configuration that a person can read in the data
// folder and serve by itself.
func (d *Demo) openGateway(ctx context.Context) error {
	c, err := d.configuration()
	if err != nil {
		return err
	}
	if d.gateway, err = serving.Open(ctx, c, d.Log); err != nil {
		return err
	}
	d.ends = append(d.ends, d.gateway.Close)
	d.serve("gateway", d.address, api.New(api.Config{Gateway: d.gateway.Gateway, Metrics: d.gateway.Metrics, Log: d.Log, Ending: ctx}))
	return nil
}

// configuration writes the gateway's configuration and reads it as fta serve would.
func (d *Demo) configuration() (config.Config, error) {
	issuer, err := key.DID(d.cast.issuer)
	if err != nil {
		return config.Config{}, err
	}
	if err := put(d.path(chainMappingFile), []byte(chainMapping)); err != nil {
		return config.Config{}, err
	}
	file := d.path("gateway.yaml")
	if err := writeYAML(file, d.settings(issuer)); err != nil {
		return config.Config{}, err
	}
	c, err := config.Load(file, nil)
	if err != nil {
		return c, fmt.Errorf("%s: %w", filepath.Base(file), err)
	}
	return c, nil
}

type settings = map[string]any

// chainMappingFile lies beside gateway.yaml.
const chainMappingFile = "chain-" + exporter + ".yaml"

func (d *Demo) settings(issuer string) settings {
	ledgers := settings{
		"trade":     d.ledger("trade", ""),
		"cbp":       d.ledger("cbp", "customs"),
		"dishonest": d.ledger("dishonest", "mirror"),
		exporter:    d.readOnly(),
	}
	if d.fabric != nil {
		ledgers[onFabric] = d.fabricLedger()
	}
	return settings{
		"listen":       d.Listen,
		"data":         "gateway",
		"participants": settings{"folder": "participants", "issuers": []string{issuer}},
		"keys": settings{
			"capability": "keys/cbp-capability.pem", "lookup": "keys/cbp-lookup.pem", "transport": "keys/cbp-transport.pem",
		},
		"evidence": settings{"allowPrivate": []string{"127.0.0.0/8"}},
		"ledgers":  ledgers,
	}
}

// ledger is the section about a ledger, which is what as says: customs' own, a mirror, or a partner's.
func (d *Demo) ledger(name, as string) settings {
	return settings{
		"url": "webledger+http://" + d.state.Addresses[name], "policy": "public", "mapping": "builtin:record",
		"customs": as == "customs", "mirror": as == "mirror", "require": required(), "limits": limits(),
	}
}

// readOnly is the section about the exporter's own chain: customs has no account there.
func (d *Demo) readOnly() settings {
	return settings{"url": d.chainURL(), "policy": "public", "mapping": chainMappingFile, "require": required(), "limits": limits()}
}

func required() []string { return []string{"schema", "proof", "authority", "versions"} }

func limits() settings {
	return settings{"budget": (5 * time.Second).String(), "attempt": (2 * time.Second).String(), "concurrency": 64}
}
