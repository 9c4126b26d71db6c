package main

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"time"

	"github.com/google/uuid"

	"github.com/ftagateway/ftagateway/adapters/webledger/node"
	"github.com/ftagateway/ftagateway/adapters/webledger/protocol"
	"github.com/ftagateway/ftagateway/cmd/bench/measure"
	"github.com/ftagateway/ftagateway/cmd/bench/scene"
	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/trust/key"
)

// sizes are how many records the ledgers have that reads are compared on.
func (b *bench) sizes() (few, many int) {
	if b.Quick {
		return 100, 1000
	}
	return 10_000, 1_000_000
}

// large holds reading from a ledger of a million records against reading from one of ten thousand: any of them, by the
// bare client, which asks the node every time.
func (b *bench) large(ctx context.Context) error {
	few, many := b.sizes()
	var works []measure.Work
	for _, n := range []int{few, many} {
		read, end, err := b.readingAny(ctx, n)
		if err != nil {
			return err
		}
		defer end()
		works = append(works, measure.Work{Name: fmt.Sprintf("read from a Web Ledger of %d records", n), Do: read})
	}
	for _, atOnce := range []int{1, 8} {
		rates, err := b.plan(atOnce).Rates(ctx, works...)
		if err != nil {
			return err
		}
		b.add(compare(works[1].Name, fmt.Sprintf("of %d", few), rates[1], rates[0]).at(atOnce).inTime().within(1.5))
	}
	return nil
}

// readingAny serves a ledger of n records, and reads one of them after the other by chance.
func (b *bench) readingAny(ctx context.Context, n int) (read func(context.Context) error, end func(), err error) {
	home, err := b.filled(ctx, n)
	if err != nil {
		return nil, nil, err
	}
	if err := warm(home); err != nil {
		return nil, nil, err
	}
	ledger, err := node.OpenArchive(node.Config{Home: home})
	if err != nil {
		return nil, nil, err
	}
	url, stop, err := scene.Serve(ctx, ledger.Handler())
	if err != nil {
		return nil, nil, errors.Join(err, ledger.Close())
	}
	client, err := newBare(ctx, url)
	if err != nil {
		return nil, nil, errors.Join(err, stop(), ledger.Close())
	}
	read = func(ctx context.Context) error { return client.read(ctx, numbered(rand.IntN(n))) }
	return read, func() {
		client.close()
		_ = errors.Join(stop(), ledger.Close())
	}, nil
}

// warm reads a folder once, so that it lies in the system's memory, as that of a node does which has run for a while: what
// is compared is the work of a read, and not the disk.
func warm(home string) error {
	return filepath.WalkDir(home, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() {
			return err
		}
		file, err := os.Open(path)
		if err != nil {
			return err
		}
		defer func() { _ = file.Close() }()
		_, err = io.Copy(io.Discard, file)
		return err
	})
}

// filled is the folder of a ledger of n records. With a folder for what is kept between runs it is made once: a million
// records take minutes.
func (b *bench) filled(ctx context.Context, n int) (home string, err error) {
	home = filepath.Join(b.dir, fmt.Sprintf("ledger-%d", n))
	if b.Kept != "" {
		home = filepath.Join(b.Kept, fmt.Sprintf("ledger-%d", n))
	}
	if _, err := os.Stat(home); !errors.Is(err, fs.ErrNotExist) {
		return home, err
	}
	fmt.Fprintf(b.say, "filling a ledger of %d records ...\n", n)
	begun := home + ".new"
	if err := errors.Join(os.RemoveAll(begun), os.MkdirAll(filepath.Dir(home), 0o700)); err != nil {
		return "", err
	}
	if err := b.fill(ctx, begun, n); err != nil {
		return "", err
	}
	return home, os.Rename(begun, home)
}

// fill puts records into a new ledger that are all like the scene's entry, but for their ids.
func (b *bench) fill(ctx context.Context, home string, n int) error {
	signer, err := key.NewSigner()
	if err != nil {
		return err
	}
	approved, err := key.DID(signer)
	if err != nil {
		return err
	}
	template, err := ld.Parse(b.scene.Entry.Record.Bytes, ld.Limits{})
	if err != nil {
		return err
	}
	return node.Fill(ctx, node.Config{Home: home, ApprovedSigners: []string{approved}}, n,
		func(number int, creator string) (*protocol.Operation, error) {
			from := protocol.Sender{Signer: signer, Creator: creator, Now: time.Now}
			return protocol.NewCreate(named(template, numbered(number)), from)
		})
}

// named is a record under another id.
func named(template ld.Object, id string) ld.Object {
	record := make(ld.Object, len(template))
	for name, value := range template {
		record[name] = value
	}
	record["id"] = id
	return record
}

// numbered is an id for a number, the same in every run, and as scattered as random ones.
func numbered(n int) string {
	return "urn:uuid:" + uuid.NewSHA1(uuid.Nil, binary.BigEndian.AppendUint64(nil, uint64(n))).String()
}
