// Package devnet starts and stops the Fabric network of deploy/fabric for programs: it runs the scripts there, which
// build Fabric from source and need a clone of this repository. It is for development, demonstrations and measurements.
package devnet

import (
	"context"
	"errors"
	"net/url"
	"os"
	"path/filepath"
	"strings"
)

// Network is a network that runs. Stop ends it.
type Network struct {
	// Folder holds everything of it: profiles and wallets for clients, keys, ledgers, logs.
	Folder  string
	scripts string
}

// Options say what is started.
type Options struct {
	Data       string            // the network's folder, kept between starts; made if it is not there
	Chaincodes map[string]string // folder of each chaincode's Go module, below the repository, by name. None: fta alone
	Say        func(line string) // is told of progress, a line at a time
}

// ErrNoClone says that the scripts are not to be found.
var ErrNoClone = errors.New("a Fabric network is built from source by deploy/fabric of a clone of the repository, " +
	"and neither the working folder nor the program lies in one")

// Root finds the clone that a folder lies in: the working folder, or that of this program.
func Root() (string, error) {
	var from []string
	if wd, err := os.Getwd(); err == nil {
		from = append(from, wd)
	}
	if program, err := os.Executable(); err == nil {
		from = append(from, filepath.Dir(program))
	}
	for _, folder := range from {
		if root, ok := above(folder); ok {
			return root, nil
		}
	}
	return "", ErrNoClone
}

// above looks for the clone in a folder and in all that it lies in.
func above(folder string) (root string, ok bool) {
	for ; ; folder = filepath.Dir(folder) {
		if _, err := os.Stat(filepath.Join(scripts(folder), "start.sh")); err == nil {
			return folder, true
		}
		if folder == filepath.Dir(folder) {
			return "", false
		}
	}
}

// version is what the scripts start where nothing else is said.
const version = "2.5.9"

// Built reports whether Fabric has been built in a clone, so that a network is up in seconds and not in minutes.
func Built(root string) bool {
	cache := os.Getenv("FTA_FABRIC_CACHE")
	if cache == "" {
		cache = filepath.Join(root, ".cache", "fabric")
	}
	_, err := os.Stat(filepath.Join(cache, version+".built"))
	return err == nil
}

// Start starts a network at any free ports, or what of it is not alive, and returns when clients can use it. The first
// time it takes the minutes of building Fabric. Where that fails nothing is left running, and the error is what the
// scripts say.
func Start(ctx context.Context, root string, o Options) (*Network, error) {
	n := &Network{scripts: scripts(root)}
	args := []string{"--data", o.Data}
	if !isNetwork(o.Data) {
		args = append(args, "--port", "0")
	}
	for name, folder := range o.Chaincodes {
		args = append(args, "--chaincode", name+"="+filepath.Join(root, folder))
	}
	out, err := run(ctx, o.Say, filepath.Join(n.scripts, "start.sh"), args...)
	if err != nil {
		return nil, err
	}
	n.Folder = strings.TrimSpace(out)
	return n, nil
}

// Stop ends every process of the network, and returns when none is left. Its folder stays.
func (n *Network) Stop() error { return stop(n.scripts, n.Folder) }

// Stop ends what is left of a network of an earlier program in a folder, if there is one.
func Stop(root, folder string) error {
	if !isNetwork(folder) {
		return nil
	}
	return stop(scripts(root), folder)
}

func stop(scripts, folder string) error {
	_, err := run(context.Background(), nil, filepath.Join(scripts, "stop.sh"), "--data", folder)
	return err
}

func scripts(root string) string { return filepath.Join(root, "deploy", "fabric") }

func isNetwork(folder string) bool {
	_, err := os.Stat(filepath.Join(folder, "network.env"))
	return err == nil
}

// URL is by what the Fabric driver reaches a chaincode of the network, as User1 of Org1.
func (n *Network) URL(chaincode string) string { return URL(n.Folder, chaincode) }

// Anchors is the file of what proofs on the chaincode fta are held against.
func (n *Network) Anchors() string { return filepath.Join(n.Folder, "sdk", "anchors.json") }

// URL is by what the Fabric driver reaches a chaincode of the network in a folder, as User1 of Org1.
func URL(folder, chaincode string) string {
	sdk := filepath.Join(folder, "sdk", "Org1")
	q := url.Values{"channel": {"trade"}, "chaincode": {chaincode}, "wallet": {filepath.Join(sdk, "wallet")}, "user": {"User1"}}
	return (&url.URL{Scheme: "fabric", Opaque: filepath.Join(sdk, "connection.yaml"), RawQuery: q.Encode()}).String()
}
