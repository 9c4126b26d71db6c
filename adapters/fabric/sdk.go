package fabric

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/hyperledger/fabric-protos-go/common"
	pb "github.com/hyperledger/fabric-protos-go/peer"
	sdkchannel "github.com/hyperledger/fabric-sdk-go/pkg/client/channel"
	"github.com/hyperledger/fabric-sdk-go/pkg/client/channel/invoke"
	"github.com/hyperledger/fabric-sdk-go/pkg/client/ledger"
	"github.com/hyperledger/fabric-sdk-go/pkg/client/msp"
	"github.com/hyperledger/fabric-sdk-go/pkg/common/errors/multi"
	"github.com/hyperledger/fabric-sdk-go/pkg/common/errors/status"
	fabcontext "github.com/hyperledger/fabric-sdk-go/pkg/common/providers/context"
	"github.com/hyperledger/fabric-sdk-go/pkg/common/providers/fab"
	providers "github.com/hyperledger/fabric-sdk-go/pkg/common/providers/msp"
	sdkcontext "github.com/hyperledger/fabric-sdk-go/pkg/context"
	"github.com/hyperledger/fabric-sdk-go/pkg/core/config"
	"github.com/hyperledger/fabric-sdk-go/pkg/fabsdk"
	"go.yaml.in/yaml/v3"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// This file is the only one that knows fabric-sdk-go, which is no longer developed: another SDK replaces it here.

// channelClient is a channel by fabric-sdk-go.
type channelClient struct {
	sdk     *fabsdk.FabricSDK
	context fabcontext.Channel
	ledger  *ledger.Client
	channel *sdkchannel.Client
	closing sync.Once
}

// connect reaches the network: the SDK asks a peer for the channel's configuration. It cannot be interrupted.
func connect(p *profile, id *identity, name string) (channel, error) {
	raw, err := yaml.Marshal(p.settings)
	if err != nil {
		return nil, driver.Errorf(driver.Invalid, "Fabric connection profile: %w", err)
	}
	sdk, err := fabsdk.New(config.FromRaw(raw, "yaml"))
	if err != nil {
		return nil, driver.Errorf(driver.Invalid, "Fabric connection profile: %w", err)
	}
	c := &channelClient{sdk: sdk}
	if err := c.join(id, name); err != nil {
		c.close()
		return nil, err
	}
	return c, nil
}

func (c *channelClient) join(id *identity, name string) error {
	members, err := msp.New(c.sdk.Context())
	if err != nil {
		return driver.Errorf(driver.Invalid, "Fabric connection profile: %w", err)
	}
	signer, err := members.CreateSigningIdentity(
		providers.WithCert([]byte(id.Credentials.Certificate)), providers.WithPrivateKey([]byte(id.Credentials.PrivateKey)))
	if err != nil {
		return driver.Errorf(driver.Invalid, "Fabric wallet: %w", err)
	}
	provide := c.sdk.ChannelContext(name, fabsdk.WithIdentity(signer))
	if c.context, err = provide(); err != nil {
		return faultOf(context.Background(), "join channel", err)
	}
	if c.ledger, err = ledger.New(provide); err != nil {
		return faultOf(context.Background(), "join channel", err)
	}
	c.channel, err = sdkchannel.New(provide)
	return faultOf(context.Background(), "join channel", err)
}

// close ends every connection and goroutine of the SDK.
func (c *channelClient) close() { c.closing.Do(c.sdk.Close) }

// standing asks a peer for the number of blocks that it has, and for the hash of the newest.
func (c *channelClient) standing(ctx context.Context, peer string) (height uint64, newest []byte, err error) {
	info, err := c.ledger.QueryInfo(ledger.WithTargetEndpoints(peer), ledger.WithParentContext(ctx))
	if err != nil {
		return 0, nil, faultOf(ctx, "ask for the height", err)
	}
	return info.BCI.GetHeight(), info.BCI.GetCurrentBlockHash(), nil
}

// block asks a peer for a block.
func (c *channelClient) block(ctx context.Context, peer string, number uint64) (*common.Block, error) {
	b, err := c.ledger.QueryBlock(number, ledger.WithTargetEndpoints(peer), ledger.WithParentContext(ctx))
	return b, faultOf(ctx, fmt.Sprintf("ask for block %d", number), err)
}

// answer asks by the channel client: the ledger client gives the block without what the peer signed.
func (c *channelClient) answer(ctx context.Context, peer string, number uint64) (*pb.ProposalResponse, error) {
	args := [][]byte{[]byte("GetBlockByNumber"), []byte(c.context.ChannelID()), []byte(decimal(number))}
	r, err := c.channel.InvokeHandler(invoke.NewEndorsementHandler(), request("qscc", args),
		sdkchannel.WithTargetEndpoints(peer), sdkchannel.WithParentContext(ctx))
	if err != nil {
		return nil, faultOf(ctx, fmt.Sprintf("ask for the signed block %d", number), err)
	}
	if len(r.Responses) != 1 {
		return nil, driver.Errorf(driver.Corrupt, "%d answers of one peer", len(r.Responses))
	}
	return r.Responses[0].ProposalResponse, nil
}

func request(chaincode string, args [][]byte) sdkchannel.Request {
	return sdkchannel.Request{ChaincodeID: chaincode, Fcn: string(args[0]), Args: args[1:]}
}

// endorse asks for endorsements once: no option of the SDK's retries is given, and there are none by default.
func (c *channelClient) endorse(ctx context.Context, chaincode string, args [][]byte) (*signed, error) {
	sign := &signing{context: c.context}
	handler := invoke.NewSelectAndEndorseHandler(invoke.NewEndorsementValidationHandler(invoke.NewSignatureValidationHandler(sign)))
	_, err := c.channel.InvokeHandler(handler, request(chaincode, args), sdkchannel.WithParentContext(ctx))
	if refused := refusalOf(err); refused != nil {
		return nil, refused
	}
	if err != nil {
		return nil, faultOf(ctx, "endorse "+string(args[0]), err)
	}
	return &sign.signed, nil
}

// send tries one orderer after the other until one takes the transaction.
func (c *channelClient) send(ctx context.Context, s *signed) error {
	var failed error = driver.Errorf(driver.Invalid, "the channel has no orderer")
	for _, o := range c.context.EndpointConfig().ChannelOrderers(c.context.ChannelID()) {
		orderer, err := c.context.InfraProvider().CreateOrdererFromConfig(&o)
		if err != nil {
			return driver.Errorf(driver.Invalid, "Fabric connection profile: %w", err)
		}
		err = c.sendTo(ctx, orderer, s)
		if err == nil {
			return nil
		}
		// What one orderer refuses, another may have taken.
		if driver.CodeOf(failed) != driver.OutcomeUnknown {
			failed = err
		}
	}
	return failed
}

func (c *channelClient) sendTo(ctx context.Context, orderer fab.Orderer, s *signed) error {
	ctx, cancel := sdkcontext.NewRequest(c.context, sdkcontext.WithTimeoutType(fab.OrdererResponse), sdkcontext.WithParent(ctx))
	defer cancel()
	_, err := orderer.SendBroadcast(ctx, &fab.SignedEnvelope{Payload: s.payload, Signature: s.signature})
	if err != nil {
		return broadcastFault(err)
	}
	return nil
}

// signing is what comes after endorsement instead of the SDK's sending: the transaction is signed, and kept first.
type signing struct {
	context fabcontext.Channel
	signed  signed
}

// Handle signs what was endorsed.
func (s *signing) Handle(r *invoke.RequestContext, c *invoke.ClientContext) {
	r.Error = s.sign(r, c)
}

func (s *signing) sign(r *invoke.RequestContext, c *invoke.ClientContext) error {
	tx, err := c.Transactor.CreateTransaction(fab.TransactionRequest{Proposal: r.Response.Proposal, ProposalResponses: r.Response.Responses})
	if err != nil {
		return err
	}
	data, err := encode(tx.Transaction)
	if err != nil {
		return err
	}
	header := &common.Header{}
	if err := decode(tx.Proposal.Proposal.Header, header); err != nil {
		return err
	}
	s.signed.tx = string(r.Response.TransactionID)
	if s.signed.payload, err = encode(&common.Payload{Header: header, Data: data}); err != nil {
		return err
	}
	s.signed.signature, err = s.context.SigningManager().Sign(s.signed.payload, s.context.PrivateKey())
	return err
}

// refusalOf finds what the chaincode answered, for the mapping to say what it means; nil where it did not answer.
func refusalOf(err error) error {
	for _, s := range statuses(err) {
		if s.Group == status.ChaincodeStatus && !strings.HasPrefix(s.Message, "error in simulation") {
			return &refusal{s.Code, s.Message}
		}
	}
	return nil
}

// deniedWords are how peers refuse a caller: by text, as they have no code for it.
var deniedWords = []string{"access denied", "creator org unknown", "creator is malformed", "client identity expired"}

// faultOf classifies an error of the SDK: an outage, but for what no peer will ever take.
func faultOf(ctx context.Context, doing string, err error) error {
	if err == nil {
		return nil
	}
	if ended := driver.FromContext(ctx); ended != nil {
		return ended
	}
	said := statuses(err)
	code := driver.Unavailable
	switch text := err.Error(); {
	case has(said, status.EndorserClientStatus, status.EndorsementMismatch):
		err = fmt.Errorf("%w: %w", errPeersDiffer, err)
	case slices.ContainsFunc(deniedWords, func(words string) bool { return strings.Contains(text, words) }):
		code = driver.PermissionDenied
	case has(said, status.EndorserClientStatus, status.SignatureVerificationFailed):
		code = driver.Corrupt
	}
	return driver.Errorf(code, "%s: %w", doing, err)
}

// statuses lists what the SDK says of an error, which may be several peers' at once.
func statuses(err error) []*status.Status {
	var several multi.Errors
	if errors.As(err, &several) {
		var all []*status.Status
		for _, e := range several {
			all = append(all, statuses(e)...)
		}
		return all
	}
	if s, ok := status.FromError(err); ok {
		return []*status.Status{s}
	}
	return nil
}

func has(said []*status.Status, group status.Group, code status.Code) bool {
	for _, s := range said {
		if s.Group == group && s.Code == code.ToInt32() {
			return true
		}
	}
	return false
}

// broadcastFault classifies why an orderer did not say that it has a transaction.
func broadcastFault(err error) error {
	for _, s := range statuses(err) {
		switch {
		case s.Group == status.OrdererClientStatus:
			return driver.Errorf(driver.Unavailable, "send a transaction: %w", err) // there was no connection
		case s.Group != status.OrdererServerStatus:
		case s.Code == int32(common.Status_FORBIDDEN):
			return driver.Errorf(driver.PermissionDenied, "send a transaction: %w", err)
		case s.Code == int32(common.Status_REQUEST_ENTITY_TOO_LARGE):
			return driver.Errorf(driver.TooLarge, "send a transaction: %w", err)
		case s.Code == int32(common.Status_BAD_REQUEST):
			return driver.Errorf(driver.Invalid, "send a transaction: %w", err)
		default:
			return driver.Errorf(driver.Unavailable, "send a transaction: %w", err)
		}
	}
	return driver.Errorf(driver.OutcomeUnknown, "send a transaction: %w", err)
}
