// Package fabricsdk is a client of a chaincode that does nothing but what fabric-sdk-go does by itself: what the Fabric
// driver is held against.
package fabricsdk

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"path/filepath"

	"github.com/hyperledger/fabric-sdk-go/pkg/client/channel"
	"github.com/hyperledger/fabric-sdk-go/pkg/client/msp"
	providers "github.com/hyperledger/fabric-sdk-go/pkg/common/providers/msp"
	"github.com/hyperledger/fabric-sdk-go/pkg/core/config"
	"github.com/hyperledger/fabric-sdk-go/pkg/fabsdk"
	"go.yaml.in/yaml/v3"
)

// Client calls the reference chaincode of a network of deploy/fabric, as User1 of Org1. The caller closes it.
type Client struct {
	sdk     *fabsdk.FabricSDK
	channel *channel.Client
}

const (
	chaincode = "fta"
	peer      = "peer0.org1.example.com"
)

// Open reaches the network whose folder is given.
func Open(folder string) (*Client, error) {
	settings, err := profile(filepath.Join(folder, "sdk", "Org1", "connection.yaml"))
	if err != nil {
		return nil, err
	}
	sdk, err := fabsdk.New(config.FromRaw(settings, "yaml"))
	if err != nil {
		return nil, err
	}
	c := &Client{sdk: sdk}
	if err := c.join(filepath.Join(folder, "sdk", "Org1", "wallet", "User1.id")); err != nil {
		sdk.Close()
		return nil, err
	}
	return c, nil
}

func (c *Client) join(wallet string) error {
	var id struct {
		Credentials struct{ Certificate, PrivateKey string }
	}
	text, err := os.ReadFile(wallet)
	if err == nil {
		err = json.Unmarshal(text, &id)
	}
	if err != nil {
		return err
	}
	members, err := msp.New(c.sdk.Context())
	if err != nil {
		return err
	}
	signer, err := members.CreateSigningIdentity(
		providers.WithCert([]byte(id.Credentials.Certificate)), providers.WithPrivateKey([]byte(id.Credentials.PrivateKey)))
	if err != nil {
		return err
	}
	c.channel, err = channel.New(c.sdk.ChannelContext("trade", fabsdk.WithIdentity(signer)))
	return err
}

// Close ends every connection.
func (c *Client) Close() { c.sdk.Close() }

// Get has one peer evaluate the chaincode's function that reads a key.
func (c *Client) Get(ctx context.Context, key string) error {
	answer, err := c.channel.Query(channel.Request{ChaincodeID: chaincode, Fcn: "get", Args: [][]byte{[]byte(key)}},
		channel.WithTargetEndpoints(peer), channel.WithParentContext(ctx))
	if err == nil && len(answer.Payload) == 0 {
		err = fmt.Errorf("nothing under %s", key)
	}
	return err
}

// Append submits the first version of a key and waits for its block.
func (c *Client) Append(ctx context.Context, key string, body []byte) error {
	_, err := c.channel.Execute(channel.Request{ChaincodeID: chaincode, Fcn: "append", Args: [][]byte{[]byte(key), []byte("0"), body, []byte("[]")}},
		channel.WithParentContext(ctx))
	return err
}

// profile is the network's own, with what the SDK needs beside it: it asks for a folder of keys, finds peers and orderers
// by their addresses, and stalls now and then where it may ask two peers at once who endorses.
func profile(file string) ([]byte, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var settings map[string]any
	if err := yaml.Unmarshal(text, &settings); err != nil {
		return nil, err
	}
	section(settings, "client", "logging")["level"] = "critical"
	section(settings, "channels", "trade", "policies", "discovery")["maxTargets"] = 1
	for name := range section(settings, "organizations") {
		section(settings, "organizations", name)["cryptoPath"] = "none"
	}
	matchers := section(settings, "entityMatchers")
	for kind, list := range map[string]string{"peer": "peers", "orderer": "orderers"} {
		var all []any
		for name := range section(settings, list) {
			u, err := url.Parse(fmt.Sprint(section(settings, list, name)["url"]))
			if err != nil {
				return nil, err
			}
			all = append(all, map[string]any{"pattern": u.Host, "mappedHost": name})
		}
		matchers[kind] = all
	}
	return yaml.Marshal(settings)
}

func section(settings map[string]any, names ...string) map[string]any {
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
