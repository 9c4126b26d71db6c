package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/ftagateway/ftagateway/adapters"
	"github.com/ftagateway/ftagateway/adapters/driver"
	_ "github.com/ftagateway/ftagateway/adapters/fabric" // the driver for fabric
	"github.com/ftagateway/ftagateway/cmd/bench/fabricsdk"
	"github.com/ftagateway/ftagateway/cmd/bench/measure"
	"github.com/ftagateway/ftagateway/deploy/fabric/devnet"
	"github.com/ftagateway/ftagateway/model"
)

// fabric holds reading and writing by the Fabric driver against fabric-sdk-go alone, on a real network: the one that
// FTA_FABRIC names, or one that is started here where Fabric has been built.
func (b *bench) fabric(ctx context.Context) (err error) {
	folder, end, why, err := b.fabricNetwork(ctx)
	if err != nil {
		return err
	}
	if folder == "" {
		b.add(Row{Work: "reads and writes on Hyperledger Fabric", Missing: why})
		return nil
	}
	defer func() { err = errors.Join(err, end()) }()
	l, err := b.scene.Open(ctx, adapters.Config{Slug: "fabric", URL: devnet.URL(folder, "fta")})
	if err != nil {
		return err
	}
	client, err := fabricsdk.Open(folder)
	if err != nil {
		return errors.Join(err, l.Close())
	}
	defer client.Close()
	defer func() { err = errors.Join(err, l.Close()) }()
	return errors.Join(b.fabricReads(ctx, l, client), b.fabricWrites(ctx, folder, client))
}

// fabricNetwork gives the folder of a network, or why there is none.
func (b *bench) fabricNetwork(ctx context.Context) (folder string, end func() error, why string, err error) {
	if folder := os.Getenv("FTA_FABRIC"); folder != "" {
		return folder, func() error { return nil }, "", nil
	}
	root, err := devnet.Root()
	if errors.Is(err, devnet.ErrNoClone) || err == nil && !devnet.Built(root) {
		return "", nil, "Fabric is not built here, which deploy/fabric/build.sh does", nil
	}
	if err != nil {
		return "", nil, "", err
	}
	n, err := devnet.Start(ctx, root, devnet.Options{Data: filepath.Join(b.dir, "fabric")})
	if err != nil {
		return "", nil, "", err
	}
	return n.Folder, n.Stop, "", nil
}

// fabricReads reads records with their verdicts, a peer asked every time, and by the chaincode's own function on one peer.
func (b *bench) fabricReads(ctx context.Context, l *adapters.Ledger, client *fabricsdk.Client) error {
	ids, err := b.scene.FileOn(ctx, l, b.records()/8)
	if err != nil {
		return err
	}
	works := []measure.Work{
		{Name: "fabric-sdk-go's evaluate on one peer", Do: each(ids, client.Get)},
		{Name: "read with verdict from Fabric", Do: each(ids, func(ctx context.Context, id string) error { return readFrom(ctx, l, id) })},
	}
	for _, atOnce := range []int{1, 8, 32} {
		rates, err := b.plan(atOnce).Rates(ctx, works...)
		if err != nil {
			return err
		}
		b.add(compare(works[1].Name, works[0].Name, rates[1], rates[0]).at(atOnce).aim(Target{Least: 0.6}))
	}
	return nil
}

// slack is what a submit may take beyond the time for which the orderer collects transactions.
const slack = 60 * time.Millisecond

// fabricWrites has one writer hold its time against the orderer's, and many against what the SDK alone commits.
func (b *bench) fabricWrites(ctx context.Context, folder string, client *fabricsdk.Client) (err error) {
	batch, err := batchTimeout(folder)
	if err != nil {
		return err
	}
	l, err := driver.Open(ctx, devnet.URL(folder, "fta"), driver.Env{Store: b.scene.Corner("fabric writes")})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, l.Close()) }()
	body := b.scene.Entry.Record.Bytes
	works := []measure.Work{
		{Name: "fabric-sdk-go alone", Do: func(ctx context.Context) error { return client.Append(ctx, model.NewID(), body) }},
		{Name: "entry committed on Fabric", Do: func(ctx context.Context) error { return appendTo(ctx, l, body) }},
	}
	rates, err := b.long(1).Rates(ctx, works[1])
	if err != nil {
		return err
	}
	in := batch + slack
	limit := rates[0].Each(func(float64) float64 { return float64(time.Second) / float64(in) })
	b.add(compare(works[1].Name, fmt.Sprintf("one in %v, the orderer's %v and %v", in, batch, slack), rates[0], limit).at(1).aim(Target{Least: 1}))
	rates, err = b.long(32).Rates(ctx, works...)
	if err == nil {
		b.add(compare(works[1].Name, works[0].Name, rates[1], rates[0]).at(32).aim(Target{Least: 0.8}))
	}
	return err
}

func appendTo(ctx context.Context, l driver.Ledger, body []byte) error {
	r, err := l.Append(ctx, &driver.Write{Key: model.NewID(), Body: body})
	if err == nil && r.State != driver.Finally {
		err = fmt.Errorf("a write is %s: %s", r.State, r.Reason)
	}
	return err
}

// batchTimeout is what the network was made with.
func batchTimeout(folder string) (time.Duration, error) {
	text, err := os.ReadFile(filepath.Join(folder, "network.env"))
	if err != nil {
		return 0, err
	}
	for line := range strings.Lines(string(text)) {
		if value, ok := strings.CutPrefix(strings.TrimSpace(line), "batch_timeout="); ok {
			return time.ParseDuration(value)
		}
	}
	return 0, fmt.Errorf("%s does not say the batch timeout", folder)
}
