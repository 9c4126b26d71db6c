package demo

import (
	"context"
	"errors"
	"fmt"

	"github.com/ftagateway/ftagateway/adapters"
	"github.com/ftagateway/ftagateway/adapters/disclosure"
	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/ethereum/account"
	"github.com/ftagateway/ftagateway/adapters/store"
	"github.com/ftagateway/ftagateway/filing"
	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/translate"
)

// chainMapping is how records stand on the exporter's chain, for whoever reads it. There is one node, which makes every
// block, so that the newest one is final; the consensus of a chain in earnest would say so itself.
const chainMapping = `# How records stand on the exporter's chain: as they are, in the reference contract, under their id as bytes32.
mapping: records-on-ethereum
version: 1
type: Record
key: bytes32
shape:
  - {model: "", native: ""}
ledger: {builtin: reference, finality: latest}
`

// chainURL is how the exporter's ledger is reached.
func (d *Demo) chainURL() string {
	return fmt.Sprintf("ethereum+http://%s?contract=%s&chain=1337", d.state.Addresses[exporter], d.chain.contract.Hex())
}

// fileOnOwnChain signs a document as file does, and has the exporter write its record on its own chain, with its own account:
// customs' gateway only reads there. Where the chain has the record, nothing is written.
func (f *filer) fileOnOwnChain(ctx context.Context, name string, subject model.Subject) (*filed, error) {
	out, err := f.signed(ctx, exporter, name, subject, filing.Filing{})
	if err == nil {
		err = f.writeOwn(ctx, out.record)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	f.state.Records[name] = out.record.ID
	return out, f.state.save()
}

func (f *filer) writeOwn(ctx context.Context, record *model.Parsed) (err error) {
	lasting, err := store.Open(f.path("chain-" + exporter + "-writer"))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, lasting.Close()) }()
	l, err := f.openOwn(ctx, lasting)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, l.Close()) }()
	if _, err = l.Read(ctx, record.ID, 0); driver.CodeOf(err) != driver.NotFound {
		return err
	}
	receipt, err := l.Submit(ctx, record, "")
	if err == nil && receipt.State == driver.Pending {
		err = errors.New("no block took it")
	}
	return err
}

func (f *filer) openOwn(ctx context.Context, lasting *store.Store) (*adapters.Ledger, error) {
	m, err := translate.Open(f.path(chainMappingFile), translate.Options{Policy: translate.Policy{Readers: translate.Public}})
	if err != nil {
		return nil, err
	}
	return adapters.Open(ctx, adapters.Config{Slug: exporter, URL: f.chainURL(), Mapping: m, Policy: disclosure.Public},
		adapters.Env{Store: lasting.Sub("ledger"), Signer: account.Local(f.chain.account), Log: f.Log.With("writer", exporter)})
}
