package node

import (
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/cometbft/cometbft/crypto/ed25519"
	"github.com/cometbft/cometbft/p2p"
	"github.com/cometbft/cometbft/privval"
	"github.com/cometbft/cometbft/types"
	"github.com/google/uuid"

	"github.com/ftagateway/ftagateway/adapters/webledger/protocol"
	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/trust/did"
)

// home is what a node's folder holds beside its databases.
type home struct {
	dir        string
	genesis    *types.GenesisDoc
	state      genesisState
	nodeKey    *p2p.NodeKey
	validator  *privval.FilePV
	targetNode string // did:key of nodeKey: the node's name in operations
}

// genesisState is what the consensus genesis hands to the application: all that a further validator must agree on.
type genesisState struct {
	Configuration json.RawMessage `json:"configuration"`
	TargetNodes   []string        `json:"targetNodes"` // of the validators; an operation names one as its creator
}

func (h *home) path(name string) string { return filepath.Join(h.dir, filepath.FromSlash(name)) }

// openHome reads the folder, and makes what is missing. The genesis is written last, so that a folder with one is whole.
func openHome(cfg Config) (*home, error) {
	h := &home{dir: cfg.Home}
	for _, dir := range []string{"config", "data"} {
		if err := os.MkdirAll(h.path(dir), 0o700); err != nil {
			return nil, fmt.Errorf("node home: %w", err)
		}
	}
	err := h.readGenesis()
	if errors.Is(err, fs.ErrNotExist) {
		err = h.make(cfg)
	}
	if err != nil {
		return nil, err
	}
	return h, errors.Join(h.keys(), h.matches(cfg))
}

const (
	genesisFile        = "config/genesis.json"
	nodeKeyFile        = "config/node_key.json"
	validatorKeyFile   = "config/priv_validator_key.json"
	validatorStateFile = "data/priv_validator_state.json"
)

// keys reads the keys of a whole folder. What CometBFT's loader would end the process for is an error first.
func (h *home) keys() (err error) {
	for _, name := range []string{validatorKeyFile, validatorStateFile} {
		text, err := os.ReadFile(h.path(name))
		if err == nil && !json.Valid(text) {
			err = errors.New("not JSON")
		}
		if err != nil {
			return fmt.Errorf("node home %s: %s cannot be read (%w); without it the validator could sign twice", h.dir, name, err)
		}
	}
	if h.nodeKey, err = p2p.LoadNodeKey(h.path(nodeKeyFile)); err != nil {
		return fmt.Errorf("node key: %w", err)
	}
	h.targetNode = did.FromEd25519(h.nodeKey.PubKey().Bytes())
	h.validator = privval.LoadFilePV(h.path(validatorKeyFile), h.path(validatorStateFile))
	return nil
}

// make fills a folder that has no genesis. What a first attempt left behind before it was ended was never used.
func (h *home) make(cfg Config) error {
	for _, name := range []string{nodeKeyFile, validatorKeyFile, validatorStateFile} {
		if err := os.RemoveAll(h.path(name)); err != nil {
			return fmt.Errorf("node home: %w", err)
		}
	}
	key, err := p2p.LoadOrGenNodeKey(h.path(nodeKeyFile))
	if err != nil {
		return fmt.Errorf("node key: %w", err)
	}
	h.targetNode = did.FromEd25519(key.PubKey().Bytes())
	h.validator = privval.GenFilePV(h.path(validatorKeyFile), h.path(validatorStateFile))
	h.validator.Save()
	return h.makeGenesis(cfg)
}

func (h *home) readGenesis() error {
	text, err := os.ReadFile(h.path(genesisFile))
	if err != nil {
		return err
	}
	if h.genesis, err = types.GenesisDocFromJSON(text); err != nil {
		return fmt.Errorf("genesis: %w", err)
	}
	if err := json.Unmarshal(h.genesis.AppState, &h.state); err != nil {
		return fmt.Errorf("genesis app_state: %w", err)
	}
	return nil
}

// matches refuses a folder of another ledger than the one that was asked for.
func (h *home) matches(cfg Config) error {
	c, err := protocol.ParseConfiguration(h.state.Configuration)
	if err != nil {
		return fmt.Errorf("genesis configuration: %w", err)
	}
	if cfg.Ledger != "" && cfg.Ledger != c.Ledger {
		return fmt.Errorf("node home %s holds ledger %s, not %s", h.dir, c.Ledger, cfg.Ledger)
	}
	return nil
}

func (h *home) makeGenesis(cfg Config) error {
	if len(cfg.ApprovedSigners) == 0 {
		return errors.New("approved signers are empty: a new ledger needs one who may write to it")
	}
	if cfg.Ledger == "" {
		cfg.Ledger = "urn:uuid:" + uuid.NewString()
	}
	c, err := protocol.NewConfiguration(cfg.Ledger, cfg.ApprovedSigners)
	if err != nil {
		return fmt.Errorf("genesis configuration: %w", err)
	}
	h.state = genesisState{c.Bytes, []string{h.targetNode}}
	if h.genesis, err = h.genesisDoc(c); err != nil {
		return err
	}
	return h.saveGenesis()
}

// maxBlockBytes bounds the transactions of a block, and with them the block that is served.
const maxBlockBytes = 2 << 20

func (h *home) genesisDoc(c *protocol.Configuration) (*types.GenesisDoc, error) {
	state, err := json.Marshal(h.state)
	if err != nil {
		return nil, fmt.Errorf("genesis app_state: %w", err)
	}
	params := types.DefaultConsensusParams()
	params.Block.MaxBytes = maxBlockBytes
	params.Block.MaxGas = protocol.MaxEventOperations
	key, err := h.validator.GetPubKey()
	if err != nil {
		return nil, fmt.Errorf("validator key: %w", err)
	}
	doc := &types.GenesisDoc{
		ChainID: chainID(c), GenesisTime: time.Now().UTC(), ConsensusParams: params, AppState: state,
		Validators: []types.GenesisValidator{{Address: key.Address(), PubKey: key.(ed25519.PubKey), Power: 10}},
	}
	return doc, doc.ValidateAndComplete()
}

// chainID names the network of consensus after the ledger's first configuration, within CometBFT's 50 characters.
func chainID(c *protocol.Configuration) string {
	sum := ld.Sum(c.Bytes)
	return "webledger-" + hex.EncodeToString(sum[:16])
}

// saveGenesis writes the genesis in one step, once everything before it is on disk.
func (h *home) saveGenesis() error {
	path := h.path(genesisFile)
	if err := h.genesis.SaveAs(path + ".new"); err != nil {
		return fmt.Errorf("genesis: %w", err)
	}
	for _, name := range []string{nodeKeyFile, genesisFile + ".new", "config", "data"} {
		if err := syncFile(h.path(name)); err != nil {
			return err
		}
	}
	if err := os.Rename(path+".new", path); err != nil {
		return fmt.Errorf("genesis: %w", err)
	}
	return syncFile(h.path("config"))
}

// syncFile brings a file, or the names in a folder, to disk.
func syncFile(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("node home: %w", err)
	}
	defer f.Close()
	if err := f.Sync(); err != nil {
		return fmt.Errorf("node home: %w", err)
	}
	return nil
}
