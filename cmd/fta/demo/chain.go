package demo

import (
	"context"
	"crypto/ecdsa"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/ethclient"

	"github.com/ftagateway/ftagateway/adapters/ethereum/contract"
	"github.com/ftagateway/ftagateway/adapters/ethereum/devchain"
)

// chainOf is the exporter's own chain: an Ethereum chain of one node, with the reference contract on it. The exporter's
// account has the chain's money, made the contract, and is its one writer.
type chainOf struct {
	account  *ecdsa.PrivateKey
	contract common.Address
}

// exporterChain takes up the exporter's chain where an earlier run left it.
func (d *Demo) exporterChain(ctx context.Context) error {
	account, err := d.account(exporter + "-account")
	if err != nil {
		return err
	}
	owner := crypto.PubkeyToAddress(account.PublicKey)
	chain, err := devchain.Open(d.path("chain-"+exporter), owner)
	if err != nil {
		return err
	}
	d.ends = append(d.ends, chain.Close)
	l, err := d.listen(ctx, exporter)
	if err != nil {
		return err
	}
	d.serve("chain of the "+exporter, l, chain.Handler())
	d.chain = &chainOf{account, crypto.CreateAddress(owner, 0)}
	client := chain.Client()
	defer client.Close()
	return d.chain.prepare(ctx, client, owner)
}

// prepare sends what the account has not sent yet: its first transaction made the contract, its second admitted it to write.
func (c *chainOf) prepare(ctx context.Context, client *ethclient.Client, owner common.Address) error {
	sent, err := client.NonceAt(ctx, owner, nil)
	if err != nil {
		return err
	}
	calls := []devchain.Call{
		{Data: contract.CreationCode()},
		{To: &c.contract, Data: contract.NewFTALedger().PackAdmit(owner)},
	}
	for i := int(min(sent, uint64(len(calls)))); i < len(calls); i++ {
		if _, err := devchain.Send(ctx, client, c.account, calls[i]); err != nil {
			return fmt.Errorf("the contract: %w", err)
		}
	}
	return nil
}

// account loads an account's key, and makes it first where there is none.
func (d *Demo) account(name string) (*ecdsa.PrivateKey, error) {
	file := d.path("keys", name+".hex")
	if _, err := os.Stat(file); !errors.Is(err, fs.ErrNotExist) {
		return crypto.LoadECDSA(file)
	}
	key, err := crypto.GenerateKey()
	if err != nil {
		return nil, err
	}
	return key, put(file, fmt.Appendf(nil, "%x", crypto.FromECDSA(key)))
}
