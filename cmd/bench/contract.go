package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"net/http"
	"net/http/httputil"
	"net/url"
	"strings"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/ethclient"
	"github.com/ethereum/go-ethereum/rpc"

	"github.com/ftagateway/ftagateway/adapters/ethereum/contract"
	"github.com/ftagateway/ftagateway/cmd/bench/measure"
	"github.com/ftagateway/ftagateway/cmd/bench/scene"
)

// contracts holds reading a record with its verdict from a contract on Ethereum against the same questions put by
// go-ethereum's own client: which block is final, and at which version the key stands in it. Beside it stand what a reverse
// proxy in front of the node costs, and a client that keeps no index and so must ask for the log that has the body too.
func (b *bench) contracts(ctx context.Context) error {
	on, err := b.scene.OpenContract(ctx, b.records()/4)
	if err != nil {
		return err
	}
	direct, err := newAsker(ctx, on.URL, on)
	if err != nil {
		return err
	}
	defer direct.close()
	proxied, end, err := behindProxy(ctx, on)
	if err != nil {
		return err
	}
	defer end()
	works := []measure.Work{
		{Name: "go-ethereum's client: the same two questions", Do: each(on.Records, direct.standing)},
		{Name: "read with verdict from a contract", Do: each(on.Records, func(ctx context.Context, id string) error { return readFrom(ctx, on.Ledger, id) })},
		{Name: "go-ethereum's client through a reverse proxy", Do: each(on.Records, proxied.standing)},
		{Name: "go-ethereum's client, with the body from the log", Do: each(on.Records, direct.body)},
	}
	for _, atOnce := range []int{1, 8, 32} {
		rates, err := b.plan(atOnce).Rates(ctx, works...)
		if err != nil {
			return err
		}
		b.add(compare(works[1].Name, works[0].Name, rates[1], rates[0]).at(atOnce).aim(Target{Least: 0.6}))
		b.add(compare(works[2].Name, works[0].Name, rates[2], rates[0]).at(atOnce))
		b.add(compare(works[1].Name, works[3].Name, rates[1], rates[3]).at(atOnce))
	}
	return nil
}

// asker reads the reference contract by go-ethereum's client and its bindings, and believes what the node says.
type asker struct {
	client *ethclient.Client
	http   *http.Client
	at     common.Address
}

var referenceLedger = contract.NewFTALedger()

func newAsker(ctx context.Context, url string, on *scene.Contract) (*asker, error) {
	caller := keeping()
	c, err := rpc.DialOptions(ctx, url, rpc.WithHTTPClient(caller))
	if err != nil {
		return nil, err
	}
	return &asker{ethclient.NewClient(c), caller, on.Address}, nil
}

func (a *asker) close() {
	a.client.Close()
	a.http.CloseIdleConnections()
}

// standing asks what is final, and at which version the key stands there.
func (a *asker) standing(ctx context.Context, id string) error {
	_, _, err := a.stands(ctx, id)
	return err
}

func (a *asker) stands(ctx context.Context, id string) (key [32]byte, s contract.StandingOutput, err error) {
	if key, err = keyOf(id); err != nil {
		return key, s, err
	}
	head, err := a.client.HeaderByNumber(ctx, nil)
	if err != nil {
		return key, s, err
	}
	answer, err := a.client.CallContractAtHash(ctx, ethereum.CallMsg{To: &a.at, Data: referenceLedger.PackStanding(key)}, head.Hash())
	if err != nil {
		return key, s, err
	}
	if s, err = referenceLedger.UnpackStanding(answer); err == nil && s.Version == 0 {
		err = fmt.Errorf("nothing stands under %s", id)
	}
	return key, s, err
}

// body asks for the log too.
func (a *asker) body(ctx context.Context, id string) error {
	key, s, err := a.stands(ctx, id)
	if err != nil {
		return err
	}
	in := new(big.Int).SetUint64(s.BlockNumber)
	logs, err := a.client.FilterLogs(ctx, ethereum.FilterQuery{
		FromBlock: in, ToBlock: in, Addresses: []common.Address{a.at}, Topics: [][]common.Hash{{appendedTopic}, {key}},
	})
	if err != nil {
		return err
	}
	if len(logs) != 1 {
		return fmt.Errorf("%d logs of %s", len(logs), id)
	}
	return decoded(&logs[0])
}

var appendedTopic = eventID()

func eventID() common.Hash {
	parsed := referenceLedger.GetABI()
	return parsed.Events["Appended"].ID
}

func decoded(log *types.Log) error {
	e, err := referenceLedger.UnpackAppendedEvent(log)
	if err != nil {
		return err
	}
	var record map[string]any
	return json.Unmarshal(e.Body, &record)
}

// keyOf spells a record's id as the contract has it.
func keyOf(id string) (key [32]byte, err error) {
	b := common.FromHex(strings.ReplaceAll(strings.TrimPrefix(id, "urn:uuid:"), "-", ""))
	if copy(key[:], b) != 16 {
		err = errors.New("not a uuid: " + id)
	}
	return key, err
}

// behindProxy asks the node through a reverse proxy that passes everything on.
func behindProxy(ctx context.Context, on *scene.Contract) (*asker, func(), error) {
	to, err := url.Parse(on.URL)
	if err != nil {
		return nil, nil, err
	}
	proxy := httputil.NewSingleHostReverseProxy(to)
	inner := keeping()
	proxy.Transport = inner.Transport
	at, end, err := scene.Serve(ctx, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		// Without it an answer is cut off where it comes before the proxy has seen that the request is at its end.
		_ = http.NewResponseController(w).EnableFullDuplex()
		proxy.ServeHTTP(w, r)
	}))
	if err != nil {
		return nil, nil, err
	}
	a, err := newAsker(ctx, at, on)
	if err != nil {
		return nil, nil, errors.Join(err, end())
	}
	return a, func() {
		a.close()
		_ = end()
		inner.CloseIdleConnections()
	}, nil
}
